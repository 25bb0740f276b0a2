import type { ChatMessage } from '../../simulator/chat-message.ts';
import type { Control } from '../../simulator/control.ts';
import type { StoredMessage } from './api.ts';
import type { FeedFollower } from './feed-follower.ts';
import type { Stored } from './stored.ts';

/** What does not agree, in words; empty where all is well. */
export type Differences = string[];

/** What customers wrote is there, once each, and in order. */
export function compareInbound(control: Control, { chats }: Stored): Differences {
  const inbound = [...chats.values()].flat().filter(({ direction }) => direction === 'INBOUND');
  const stored = new Map(inbound.map((message) => [message.wamid, message]));
  const written = writtenBy(control);
  return [
    ...written
      .filter(({ wamid }) => !stored.has(wamid))
      .map(({ wamid, type }) => `lost: ${type} ${wamid}`),
    ...written
      .filter((message) => hasOtherText(message, stored))
      .map(({ wamid }) => `text of ${wamid} differs`),
    ...differentCount('inbound messages in the store', inbound.length, written.length),
    ...[...chats.values()].flatMap(disorder),
  ];
}

function writtenBy(control: Control): ChatMessage[] {
  return control
    .customers()
    .flatMap(({ id }) => control.chat(id))
    .filter(({ direction }) => direction === 'fromCustomer');
}

function hasOtherText(
  { wamid, type, content }: ChatMessage,
  stored: ReadonlyMap<string | null, StoredMessage>,
): boolean {
  if (type !== 'text' || typeof content !== 'object' || content === null) return false;
  const found = stored.get(wamid);
  return found !== undefined && 'body' in content && content.body !== found.text;
}

function disorder(chat: readonly StoredMessage[]): Differences {
  const seconds = chat.map(({ timestamp }) => Math.floor(Date.parse(timestamp) / 1_000));
  const at = seconds.findIndex((second, index) => second < (seconds[index - 1] ?? 0));
  return at === -1 ? [] : [`a chat is out of order at ${chat[at]?.id ?? ''}`];
}

const statusOf: Readonly<Record<ChatMessage['status'], string>> = {
  waiting: 'QUEUED',
  accepted: 'SENT',
  sent: 'SENT',
  delivered: 'DELIVERED',
  read: 'READ',
  failed: 'FAILED',
};

/** What the business sent is there, was accepted once at most, and fares as WhatsApp says. */
export function compareOutbound(
  control: Control,
  { chats }: Stored,
  sent: ReadonlyMap<string, string>,
): Differences {
  const outbound = [...chats.values()].flat().filter(({ direction }) => direction === 'OUTBOUND');
  const stored = new Map(outbound.map((message) => [message.id, message]));
  const accepted = acceptedById(control);
  return [
    ...differentCount('outbound messages in the store', outbound.length, sent.size),
    ...[...sent].flatMap(([id, text]) => {
      const message = stored.get(id);
      if (!message) return [`lost: what was sent as ${id}`];
      return message.text === text
        ? outcomeProblems(message, accepted.get(id) ?? [], control)
        : [`text of ${id} differs`];
    }),
    ...[...accepted.keys()].filter((id) => !sent.has(id)).map((id) => `nobody sent ${id}`),
  ];
}

/** Wamids by our message id; the callback data names it, `#n` being the attempt. */
function acceptedById(control: Control): Map<string, string[]> {
  const accepted = new Map<string, string[]>();
  for (const { callbackData, wamid } of control.sends()) {
    if (wamid === null) continue;
    const id = callbackData?.split('#')[0] ?? 'a send without callback data';
    accepted.set(id, [...(accepted.get(id) ?? []), wamid]);
  }
  return accepted;
}

function outcomeProblems(
  { id, status }: StoredMessage,
  wamids: readonly string[],
  control: Control,
): Differences {
  if (wamids.length > 1) return [`sent ${wamids.length} times: ${id}`];
  const [wamid] = wamids;
  if (wamid === undefined)
    return status === 'FAILED' || status === 'UNKNOWN'
      ? []
      : [`${id} is ${status}, never accepted`];
  const fate = control.message(wamid)?.status ?? 'waiting';
  return status === statusOf[fate] ? [] : [`${id} is ${status}, on the phone ${fate}`];
}

/** What a client knows that heard every event is what the store has. */
export function compareFeed(follower: FeedFollower, { conversations, chats }: Stored): Differences {
  const { messages, figures } = follower;
  const all = [...chats.values()].flat();
  const { repeated, addedTwice, unknown, resyncs, failures } = figures;
  return [
    ...differentCount('messages of the feed', messages.size, all.length),
    ...all
      .filter((message) => !isSame(messages.get(message.id), message))
      .map(
        ({ id, status }) =>
          `feed: ${id} is ${messages.get(id)?.status ?? 'missing'}, not ${status}`,
      ),
    ...conversations
      .filter((conversation) => !isSame(follower.conversations.get(conversation.id), conversation))
      .map(({ id }) => `feed: conversation ${id} differs`),
    ...Object.entries({ repeated, addedTwice, unknown, resyncs })
      .filter(([, times]) => times > 0)
      .map(([name, times]) => `feed: ${name} ${times}`),
    ...failures.map((failure) => `feed: ${failure}`),
  ];
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function differentCount(what: string, actual: number, expected: number): Differences {
  return actual === expected ? [] : [`${actual} ${what}, not ${expected}`];
}
