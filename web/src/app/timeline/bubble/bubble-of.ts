import { serverText } from '../../../locale/server-text';
import type { MessagePartsFragment } from '../../graphql/graphql';
import { quoteOf } from '../../sending/quoted-message';
import type { Quote } from '../../sending/quoted-message';
import type { Outgoing, Refusal } from '../../sending/send-queue';
import { kindOf } from '../../ui/kind-of';
import type { MessageKind } from '../../ui/kind-of';
import { tickOf, tickOfUnsent } from '../../ui/tick-of';
import type { Tick } from '../../ui/tick-of';
import { contentLines } from './content-lines';

/** What went wrong with a message of ours, and what a person can do. */
export interface Problem {
  readonly title: string;
  readonly advice: string;
  readonly tone: 'failed' | 'doubtful';
  /**
   * `past-newer`: it was held back, since somebody wrote meanwhile. `asks-first`: it may have arrived.
   * Null: the same would fail again.
   */
  readonly retry: 'again' | 'past-newer' | 'asks-first' | null;
}

export interface ReactionMark {
  readonly emoji: string;
  readonly count: number;
  readonly label: string;
}

/** One message as it is shown, whether the server has it or it still waits in this browser. */
export interface BubbleView {
  /** The same from typing to read: what is on the screen stays in place. */
  readonly key: string;
  readonly messageId: string | null;
  readonly clientMessageId: string | null;
  readonly isOurs: boolean;
  readonly atMs: number;
  readonly text: string;
  readonly kind: MessageKind | null;
  /** Lines under the text: a file's name, an address, a contact's numbers. */
  readonly details: readonly string[];
  readonly tick: Tick | null;
  readonly problem: Problem | null;
  readonly quote: Quote | null;
  readonly reactions: readonly ReactionMark[];
}

export function bubbleOfMessage(message: MessagePartsFragment): BubbleView {
  return {
    key: message.clientMessageId ?? message.id,
    messageId: message.id,
    clientMessageId: message.clientMessageId,
    isOurs: message.direction === 'OUTBOUND',
    atMs: Date.parse(message.timestamp),
    kind: kindOf(message),
    ...contentLines(message),
    tick: tickOf(message),
    problem: problemOf(message),
    quote: quoteOf(message.replyTo),
    reactions: reactionsOf(message.reactions),
  };
}

/** Remembers the view of each message for as long as the message itself is in use. */
export function rememberedBubbles(): (message: MessagePartsFragment) => BubbleView {
  const views = new WeakMap<MessagePartsFragment, BubbleView>();
  return (message) => {
    const view = views.get(message) ?? bubbleOfMessage(message);
    views.set(message, view);
    return view;
  };
}

export function bubbleOfOutgoing(item: Outgoing): BubbleView {
  const { refusal } = item;
  return {
    key: item.clientMessageId,
    messageId: null,
    clientMessageId: item.clientMessageId,
    isOurs: true,
    atMs: item.createdAtMs,
    text: item.text,
    kind: null,
    details: [],
    tick: tickOfUnsent(item),
    problem: refusal === null ? null : problemOfRefusal(refusal),
    quote: quoteOf(item.replyTo),
    reactions: [],
  };
}

function problemOfRefusal({ title, advice, newerMessageId }: Refusal): Problem {
  return newerMessageId === undefined
    ? { title, advice, tone: 'failed', retry: 'again' }
    : { title, advice, tone: 'doubtful', retry: 'past-newer' };
}

function problemOf(message: MessagePartsFragment): Problem | null {
  if (message.direction === 'INBOUND') return null;
  if (message.status === 'UNKNOWN') {
    return {
      title: $localize`It is not known whether this was sent`,
      advice: $localize`WhatsApp gave no answer. If it did go out, the ticks follow by themselves. Retry may send it a second time.`,
      tone: 'doubtful',
      retry: 'asks-first',
    };
  }
  if (message.status !== 'FAILED') return null;
  return {
    title: serverText(message.error?.title ?? $localize`WhatsApp did not take this message`),
    advice: serverText(message.error?.advice ?? $localize`Try again.`),
    tone: 'failed',
    retry: message.error?.retryable === false ? null : 'again',
  };
}

/** Equal reactions together. */
function reactionsOf(reactions: MessagePartsFragment['reactions']): readonly ReactionMark[] {
  const emojis = [...new Set(reactions.map(({ emoji }) => emoji))];
  return emojis.map((emoji) => {
    const same = reactions.filter((reaction) => reaction.emoji === emoji);
    return { emoji, count: same.length, label: labelOf(emoji, same) };
  });
}

function labelOf(emoji: string, same: MessagePartsFragment['reactions']): string {
  const isTheirs = same.some(({ byCustomer }) => byCustomer);
  if (same.every(({ byCustomer }) => byCustomer)) {
    return $localize`${emoji}:emoji: from the customer`;
  }
  return isTheirs
    ? $localize`${emoji}:emoji: from the customer and you`
    : $localize`${emoji}:emoji: from you`;
}
