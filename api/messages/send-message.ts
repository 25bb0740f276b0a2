import { hourMs } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { WhatsAppConfig } from '../config.ts';
import type { Conversation } from '../conversations/conversation.ts';
import { serviceWindowAt } from '../conversations/service-window.ts';
import type { InputIssue } from '../errors.ts';
import { parseId } from '../ids.ts';
import type { Log } from '../log.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { EnqueueResult, NewOutbound, QueueTerms, Store } from '../storage/store.ts';
import type { Message } from './message.ts';
import { parseSendInput } from './send-input.ts';
import type { ParsedSend, SendInput, SendTarget } from './send-input.ts';
import {
  conflict,
  conversationNotFound,
  invalid,
  notConfigured,
  numberNotConfigured,
  sent,
  stale,
  windowClosed,
} from './send-result.ts';
import type { SendResult } from './send-result.ts';

export interface SendOptions {
  readonly store: Pick<Store, 'messages' | 'conversations'>;
  readonly config: Pick<WhatsAppConfig, 'phoneNumberIds' | 'missingSettings'>;
  readonly clock: Clock;
  readonly outbox: Pick<Outbox, 'wake'>;
  readonly log: Log;
}

export type SendMessage = (input: SendInput, sender: string) => Promise<SendResult>;

const giveUpAfterMs = 24 * hourMs;

export function queueTerms(clock: Clock): QueueTerms {
  const now = clock.now();
  return { now, giveUpAt: now + giveUpAfterMs };
}

/** What the store knows about what an input names. */
interface NamedByInput {
  readonly conversation: Conversation | null;
  readonly repliedTo: Message | null;
  readonly ownNumber: string | null;
}

/**
 * Stores a message to be sent. Refusals in this order: invalid, not configured, not found, window
 * closed, stale. A repeated key gives its message back, even when the window has closed since.
 */
export function createSendMessage(options: SendOptions): SendMessage {
  const { store, config, clock, outbox, log } = options;
  const [defaultNumberId = null] = config.phoneNumberIds;

  async function lookUpNamed({ target, replyToId }: ParsedSend): Promise<NamedByInput> {
    const [conversation, replies, ownNumber] = await Promise.all([
      findConversation(target),
      replyToId === null ? null : store.messages.byIds([replyToId]),
      defaultNumberId === null ? null : store.conversations.ownPhoneNumber(defaultNumberId),
    ]);
    const repliedTo = replyToId === null ? null : (replies?.get(replyToId) ?? null);
    return { conversation, repliedTo, ownNumber };
  }

  async function findConversation(target: SendTarget): Promise<Conversation | null> {
    if (target.phoneNumber !== undefined) {
      if (defaultNumberId === null) return null;
      return store.conversations.byPhoneNumber(defaultNumberId, target.phoneNumber);
    }
    const id = parseId('cnv', target.conversationId);
    return id === null ? null : ((await store.conversations.byIds([id])).get(id) ?? null);
  }

  /** A window that closed between a send and its repetition must not hide the message. */
  async function isRepetition({ clientMessageId }: ParsedSend, sender: string): Promise<boolean> {
    if (clientMessageId === null) return false;
    return (await store.messages.byClientMessageId(sender, clientMessageId)) !== null;
  }

  function outboundOf(send: ParsedSend, found: NamedByInput, sender: string): NewOutbound | null {
    const { conversation, repliedTo } = found;
    const phoneNumberId = conversation?.phoneNumberId ?? defaultNumberId;
    const to = conversation === null ? send.target : { conversationId: conversation.id };
    if (phoneNumberId === null || !isAddress(to)) return null;
    return {
      phoneNumberId,
      to,
      content: { type: 'TEXT', body: send.text },
      replyToWamid: repliedTo?.wamid ?? null,
      sender,
      clientMessageId: send.clientMessageId,
      expectedLastMessageId: send.expectedLastMessageId,
      queue: queueTerms(clock),
    };
  }

  return async (input, sender) => {
    const { issues, send } = parseSendInput(input);
    const found = await lookUpNamed(send);
    const allIssues = [...issues, ...issuesWith(send, found)];
    if (allIssues.length > 0) return invalid(allIssues);
    if (config.missingSettings.length > 0) return notConfigured(config.missingSettings);
    const outbound = outboundOf(send, found, sender);
    if (outbound === null) return conversationNotFound();
    if (!config.phoneNumberIds.includes(outbound.phoneNumberId))
      return numberNotConfigured(outbound.phoneNumberId);
    const window = found.conversation && serviceWindowAt(found.conversation.window, clock.now());
    if (window?.state === 'CLOSED' && !(await isRepetition(send, sender)))
      return windowClosed(window.expiresAt);
    const result = await store.messages.enqueue(outbound);
    if (result.kind === 'created') {
      outbox.wake();
      log.info(
        { message: result.message.id, conversation: result.message.conversationId },
        'queued',
      );
    }
    return resultOf(result);
  };
}

function isAddress(to: SendTarget | NewOutbound['to']): to is NewOutbound['to'] {
  return to.phoneNumber !== undefined || parseId('cnv', to.conversationId) !== null;
}

function issuesWith({ target, replyToId }: ParsedSend, found: NamedByInput): InputIssue[] {
  const issues: InputIssue[] = [];
  const { conversation, repliedTo, ownNumber } = found;
  if (target.phoneNumber !== undefined && target.phoneNumber === ownNumber) {
    const message = 'This is the business number itself. Give the number of somebody else.';
    issues.push({ path: ['to'], message });
  }
  if (replyToId !== null) {
    const message = replyProblem(repliedTo, { conversation, target });
    if (message !== null) issues.push({ path: ['replyToId'], message });
  }
  return issues;
}

function replyProblem(
  repliedTo: Message | null,
  { conversation, target }: { conversation: Conversation | null; target: SendTarget },
): string | null {
  if (repliedTo === null) return 'There is no message with this id.';
  // A conversation that does not exist is reported as such; a number without one has no messages.
  const isElsewhere =
    conversation === null
      ? target.phoneNumber !== undefined
      : conversation.id !== repliedTo.conversationId;
  if (isElsewhere) return 'This message belongs to another conversation. Quote one of this chat.';
  if (repliedTo.wamid === null)
    return 'WhatsApp has not accepted this message yet, so it cannot be quoted. Wait for its tick.';
  return null;
}

function resultOf(result: EnqueueResult): SendResult {
  switch (result.kind) {
    case 'created':
    case 'existing':
      return sent(result.message);
    case 'conflict':
      return conflict(result.message);
    case 'stale':
      return stale(result.lastMessage);
    case 'not-found':
      return conversationNotFound();
  }
}
