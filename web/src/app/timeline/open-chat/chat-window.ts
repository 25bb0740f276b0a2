import type { MessagePageFragment, MessagePartsFragment } from '../../graphql/graphql';

export type Message = MessagePartsFragment;

/**
 * As many messages are kept on opening and paging, twice as many while the reader is elsewhere. Enough
 * for several screens on both sides; whoever scrolls on loads the rest again.
 */
export const mostLoaded = 400;

/** The stretch of a chat that is loaded: without gaps, in the order of the chat. */
export interface ChatWindow {
  readonly messages: readonly Message[];
  /** Where older ones go on; null when the beginning of the chat is loaded. */
  readonly olderCursor: string | null;
  /** Where newer ones go on; null when the end of the chat is loaded. */
  readonly newerCursor: string | null;
}

export const emptyWindow: ChatWindow = { messages: [], olderCursor: null, newerCursor: null };

/** The end of the chat. */
export function latestWindow(page: MessagePageFragment): ChatWindow {
  return { messages: page.nodes, olderCursor: olderCursorOf(page), newerCursor: null };
}

/** A place inside the chat: the page before it, the message itself, the page after it. */
export function windowAround(
  older: MessagePageFragment,
  message: Message | null,
  newer: MessagePageFragment,
): ChatWindow {
  return {
    messages: joined(older.nodes, message === null ? [] : [message], newer.nodes),
    olderCursor: olderCursorOf(older),
    newerCursor: newerCursorOf(newer),
  };
}

export function withOlder(window: ChatWindow, page: MessagePageFragment): ChatWindow {
  const messages = joined(page.nodes, window.messages);
  const kept = messages.slice(0, mostLoaded);
  return {
    messages: kept,
    olderCursor: olderCursorOf(page),
    newerCursor: kept.length < messages.length ? cursorAt(kept, -1) : window.newerCursor,
  };
}

export function withNewer(window: ChatWindow, page: MessagePageFragment): ChatWindow {
  const messages = joined(window.messages, page.nodes);
  return withoutOldest({ ...window, messages, newerCursor: newerCursorOf(page) });
}

/** Lets go of what lies far above: for who reads at the end of it. */
export function withoutOldest(window: ChatWindow): ChatWindow {
  if (window.messages.length <= mostLoaded) return window;
  const kept = window.messages.slice(-mostLoaded);
  return { ...window, messages: kept, olderCursor: cursorAt(kept, 0) };
}

/**
 * A message that came or changed. One that lies outside of what is loaded is left out: the page that
 * holds it will bring it.
 */
export function withMessage(window: ChatWindow, message: Message): ChatWindow {
  const { messages } = window;
  const known = messages.findIndex(({ id }) => id === message.id);
  if (known >= 0) return { ...window, messages: messages.with(known, message) };
  const place = messages.findLastIndex((other) => comparePlaces(other, message) < 0) + 1;
  if (place === 0 && window.olderCursor !== null) return window;
  if (place === messages.length && window.newerCursor !== null) return window;
  if (place === messages.length && place >= 2 * mostLoaded) {
    // Somebody reads far above: what comes at the end is loaded when they get there.
    return { ...window, newerCursor: cursorAt(messages, -1) };
  }
  return { ...window, messages: messages.toSpliced(place, 0, message) };
}

/** Whole seconds first, then ids, which grow with arrival: the order of every chat. */
export function comparePlaces(a: Message, b: Message): number {
  const seconds = secondOf(a) - secondOf(b);
  if (seconds !== 0) return seconds;
  return a.id < b.id ? -1 : Number(a.id > b.id);
}

function secondOf(message: Message): number {
  return Math.floor(Date.parse(message.timestamp) / 1000);
}

function olderCursorOf({ pageInfo }: MessagePageFragment): string | null {
  return pageInfo.hasPreviousPage ? pageInfo.startCursor : null;
}

function newerCursorOf({ pageInfo }: MessagePageFragment): string | null {
  return pageInfo.hasNextPage ? pageInfo.endCursor : null;
}

function cursorAt(messages: readonly Message[], index: number): string | null {
  return messages.at(index)?.cursor ?? null;
}

/** Lists that follow each other, each message once: a page loaded later has the newer state of it. */
function joined(...lists: readonly (readonly Message[])[]): readonly Message[] {
  return [...new Map(lists.flat().map((message) => [message.id, message])).values()];
}
