import { setTimeout as pause } from 'node:timers/promises';
import { createApi, UnavailableError } from '../soak/api.ts';
import type { Api, SendAnswer, SendInput } from '../soak/api.ts';

/** The API of several instances in turn: a client who comes again until he is answered. */
export interface EitherApi extends Api {
  /** What was sent to each recipient, in the order in which the answers came. */
  readonly lines: ReadonlyMap<string, readonly AnsweredSend[]>;
  /** How often nobody, or nobody with a store, was there. */
  readonly repeats: number;
  /** Two answers to one idempotency key that do not agree. */
  readonly disagreements: readonly string[];
}

export interface AnsweredSend {
  readonly id: string;
  readonly at: number;
}

export interface EitherApiOptions {
  readonly urls: readonly string[];
  readonly random: () => number;
  /** Whose chats are never marked read. */
  readonly leftUnread: ReadonlySet<string>;
}

const comeAgainAfterMs = 100;
// Sent to two instances at once, with the same key.
const shareOfTwins = 0.05;

export function createEitherApi({ urls, random, leftUnread }: EitherApiOptions): EitherApi {
  const apis = urls.map(createApi);
  const lines = new Map<string, AnsweredSend[]>();
  const ends = new Map<string, Promise<unknown>>();
  const recipients = new Map<string, string>();
  const disagreements: string[] = [];
  let repeats = 0;
  let turns = 0;

  async function untilAnswered<Result>(call: (api: Api) => Promise<Result>): Promise<Result> {
    for (;;) {
      const api = apis[turns++ % apis.length];
      if (api === undefined) throw new Error('There is no instance');
      try {
        return await call(api);
      } catch (error) {
        if (!(error instanceof UnavailableError)) throw error;
        repeats += 1;
        await pause(comeAgainAfterMs);
      }
    }
  }

  async function send(input: SendInput): Promise<SendAnswer> {
    const copies = random() < shareOfTwins ? 2 : 1;
    const calls = Array.from({ length: copies }, () => untilAnswered((api) => api.send(input)));
    const [answer, ...others] = await Promise.all(calls);
    if (answer === undefined) throw new Error('Nothing was sent');
    for (const other of others)
      if (JSON.stringify(other) !== JSON.stringify(answer))
        disagreements.push(`${JSON.stringify(answer)} and ${JSON.stringify(other)}`);
    if (answer.kind === 'Message') {
      recipients.set(answer.conversationId, input.to);
      const line = lines.get(input.to) ?? [];
      lines.set(input.to, line);
      line.push({ id: answer.id, at: Date.now() });
    }
    return answer;
  }

  return {
    lines,
    disagreements,
    get repeats() {
      return repeats;
    },
    /** One after the other to each recipient, so that their order is known. */
    send(input) {
      const sent = (ends.get(input.to) ?? Promise.resolve()).then(() => send(input));
      ends.set(
        input.to,
        sent.catch(() => undefined),
      );
      return sent;
    },
    async markRead(conversationId) {
      if (leftUnread.has(recipients.get(conversationId) ?? '')) return;
      await untilAnswered((api) => api.markRead(conversationId));
    },
    conversations: () => untilAnswered((api) => api.conversations()),
    messages: (conversationId) => untilAnswered((api) => api.messages(conversationId)),
    outboxDepth: () => untilAnswered((api) => api.outboxDepth()),
  };
}
