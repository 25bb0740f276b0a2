import type { Outgoing } from '../sending/send-queue';
import { shownText } from '../ui/shown-text';
import { startOfDay } from '../ui/times';
import { bubbleOfOutgoing } from './bubble/bubble-of';
import type { BubbleView } from './bubble/bubble-of';
import type { Message } from './open-chat/chat-window';

/** A line of the chat as it is drawn. */
export type Row =
  | { readonly kind: 'day'; readonly key: string; readonly dayMs: number }
  | { readonly kind: 'unread'; readonly key: string }
  | { readonly kind: 'notice'; readonly key: string; readonly text: string; readonly atMs: number }
  | {
      readonly kind: 'bubble';
      readonly key: string;
      readonly bubble: BubbleView;
      /** The first of a group from the same side: it has the tail. */
      readonly isFirst: boolean;
      /** The last of its group: there is more room after it. */
      readonly isLast: boolean;
    };

/** Bubbles of one side this close together form a group. */
const groupWithinMs = 5 * 60_000;

export interface RowsInput {
  readonly messages: readonly Message[];
  /** What waits in this browser for this chat, oldest first. */
  readonly outgoing: readonly Outgoing[];
  /** Gives the same view for the same message, so that what did not change is not drawn again. */
  readonly bubbleOf: (message: Message) => BubbleView;
  /** The message above which the line "unread" stands. */
  readonly unreadFromId: string | null;
}

/** The rows of a chat. Reactions have none: they are drawn on their message. */
export function rowsOf({ messages, outgoing, bubbleOf, unreadFromId }: RowsInput): readonly Row[] {
  const rows: Row[] = [];
  let dayMs: number | null = null;
  let last: BubbleView | null = null;

  const startDay = (atMs: number): void => {
    const day = startOfDay(atMs);
    if (day === dayMs) return;
    dayMs = day;
    last = null;
    rows.push({ kind: 'day', key: `day ${String(day)}`, dayMs: day });
  };
  const addBubble = (bubble: BubbleView): void => {
    rows.push({
      kind: 'bubble',
      key: bubble.key,
      bubble,
      isFirst: !isGrouped(last, bubble),
      isLast: true,
    });
    last = bubble;
  };

  for (const message of messages) {
    if (message.type === 'REACTION') continue;
    const atMs = Date.parse(message.timestamp);
    startDay(atMs);
    if (message.id === unreadFromId) {
      rows.push({ kind: 'unread', key: 'unread' });
      last = null;
    }
    if (message.type === 'SYSTEM') {
      rows.push({ kind: 'notice', key: message.id, text: shownText(message), atMs });
      last = null;
    } else {
      addBubble(bubbleOf(message));
    }
  }
  for (const item of waiting(messages, outgoing)) {
    startDay(item.createdAtMs);
    addBubble(bubbleOfOutgoing(item));
  }
  return withLasts(uniqueDays(rows));
}

/** Without those whose message has arrived. */
function waiting(messages: readonly Message[], outgoing: readonly Outgoing[]): readonly Outgoing[] {
  if (outgoing.length === 0) return outgoing;
  const arrived = new Set(messages.map((message) => message.clientMessageId));
  return outgoing.filter((item) => !arrived.has(item.clientMessageId));
}

function isGrouped(last: BubbleView | null, bubble: BubbleView): boolean {
  return last?.isOurs === bubble.isOurs && bubble.atMs - last.atMs < groupWithinMs;
}

function withLasts(rows: readonly Row[]): readonly Row[] {
  return rows.map((row, index) => {
    const next = rows[index + 1];
    const goesOn = next?.kind === 'bubble' && !next.isFirst;
    return row.kind === 'bubble' && goesOn ? { ...row, isLast: false } : row;
  });
}

/** A clock set back can bring a day twice; keys must differ all the same. */
function uniqueDays(rows: readonly Row[]): readonly Row[] {
  const seen = new Set<string>();
  return rows.map((row) => {
    const key = seen.has(row.key) ? `${row.key} again ${String(seen.size)}` : row.key;
    seen.add(key);
    return key === row.key ? row : { ...row, key };
  });
}

/** What was unread when the line was drawn: it keeps its place while they are read and others come. */
export interface UnreadMark {
  readonly count: number;
  /** The newest message at that time. */
  readonly upToId: string;
}

/** The oldest of them that is loaded: where the line stands. */
export function unreadFrom(messages: readonly Message[], mark: UnreadMark): string | null {
  if (mark.count <= 0) return null;
  const end = messages.findIndex(({ id }) => id === mark.upToId) + 1;
  const counted = messages.slice(0, end).filter(countsAsUnread);
  return counted.at(-Math.min(mark.count, counted.length))?.id ?? null;
}

export function countsAsUnread(message: Message): boolean {
  return (
    message.direction === 'INBOUND' && message.type !== 'REACTION' && message.type !== 'SYSTEM'
  );
}
