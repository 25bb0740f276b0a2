import { serviceWindowAt } from '../conversations/service-window.ts';
import { parseId } from '../ids.ts';
import { isRetryable } from './message.ts';
import type { Message } from './message.ts';
import { otherKindProblem } from './send-input.ts';
import { queueTerms } from './send-message.ts';
import type { SendOptions } from './send-message.ts';
import {
  invalid,
  messageNotFound,
  notConfigured,
  numberNotConfigured,
  sent,
  windowClosed,
} from './send-result.ts';
import type { SendResult } from './send-result.ts';

export type RetryMessage = (id: string) => Promise<SendResult>;

/**
 * Sends a FAILED or UNKNOWN message again, as a new attempt of the same message. One that is on its
 * way or sent already is given back as it is: pressing Retry twice is the same as once.
 */
export function createRetryMessage(options: SendOptions): RetryMessage {
  const { store, config, clock, outbox, log } = options;

  async function find(id: string): Promise<Message | null> {
    const messageId = parseId('msg', id);
    if (messageId === null) return null;
    return (await store.messages.byIds([messageId])).get(messageId) ?? null;
  }

  async function refusalFor({
    conversationId,
    phoneNumberId,
  }: Message): Promise<SendResult | null> {
    if (config.missingSettings.length > 0) return notConfigured(config.missingSettings);
    if (!config.phoneNumberIds.includes(phoneNumberId)) return numberNotConfigured(phoneNumberId);
    const found = await store.conversations.byIds([conversationId]);
    const facts = found.get(conversationId)?.window;
    const window = facts && serviceWindowAt(facts, clock.now());
    return window?.state === 'CLOSED' ? windowClosed(window.expiresAt) : null;
  }

  return async (id) => {
    const mixUp = otherKindProblem(id, 'msg');
    if (mixUp !== null) return invalid([{ path: ['id'], message: mixUp }]);
    const message = await find(id);
    if (message === null) return messageNotFound();
    if (message.direction === 'INBOUND' || message.content.type !== 'TEXT') {
      return invalid([
        { path: ['id'], message: 'Only texts that were sent from here can be sent again.' },
      ]);
    }
    if (!isRetryable(message)) return sent(message);
    const refusal = await refusalFor(message);
    if (refusal !== null) return refusal;
    const result = await store.messages.requeue(message.id, queueTerms(clock));
    if (result.kind === 'not-found') return messageNotFound();
    if (result.kind === 'requeued') {
      outbox.wake();
      log.info({ message: message.id }, 'queued again');
    }
    return sent(result.message);
  };
}
