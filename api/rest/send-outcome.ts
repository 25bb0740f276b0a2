import type { EventFeed } from '../events/events.ts';
import type { Log } from '../log.ts';
import { statusOf } from '../messages/delivery-status.ts';
import type { Message } from '../messages/message.ts';
import type { Messages } from '../messages/messages.ts';

export interface OutcomeOptions {
  readonly feed: EventFeed;
  readonly messages: Pick<Messages, 'byIds'>;
  readonly log: Log;
  /** Ends the wait: the time is up, the caller is gone, or the server stops. */
  readonly signal: AbortSignal;
}

/**
 * The message once WhatsApp accepted or refused it, or as it is when the wait ends. Never rejects:
 * the message is stored by now, and an error would make the caller send it again.
 */
export async function outcomeOf(message: Message, options: OutcomeOptions): Promise<Message> {
  let latest = message;
  try {
    for await (const current of changesOf(message, options)) {
      latest = current;
      if (isSettled(current)) break;
    }
  } catch (error) {
    options.log.warn({ err: error, message: message.id }, 'the outcome of a send was not awaited');
  }
  return latest;
}

/** The message as it is, and again after each change, until the wait ends. */
async function* changesOf(
  message: Message,
  { feed, messages, signal }: OutcomeOptions,
): AsyncGenerator<Message> {
  if (isSettled(message) || signal.aborted) return;
  const events = feed.subscribe({
    after: null,
    wants: (event) => event.message?.id === message.id,
  });
  const end = () => void events.return?.();
  signal.addEventListener('abort', end, { once: true });
  try {
    for await (const event of events) {
      // READY marks where the stream begins: what happened before it is read once.
      const current = event.message ?? (await messages.byIds([message.id])).get(message.id);
      if (current !== undefined) yield current;
    }
  } finally {
    signal.removeEventListener('abort', end);
  }
}

/** UNKNOWN is not: the report of WhatsApp may arrive any moment. */
function isSettled({ delivery }: Message): boolean {
  const status = statusOf(delivery);
  return status === 'FAILED' || status === 'SENT' || status === 'DELIVERED' || status === 'READ';
}
