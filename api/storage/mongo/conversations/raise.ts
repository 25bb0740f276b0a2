import type { Instant } from '../../../clock.ts';
import type { ConversationId } from '../../../ids.ts';
import { comparePlaces } from '../../../messages/chat-order.ts';
import type { MessageDocument } from '../documents.ts';

/** Where a message stands in its chat. */
export type LastMessage = Pick<MessageDocument, '_id' | 'second' | 'timestamp'>;

/** What only rises in a conversation. */
export interface Raise {
  /** One of its messages that may be its last. Without, that is looked up. */
  readonly last?: LastMessage | null;
  readonly lastInboundAt?: Instant | null;
  readonly refusedAt?: Instant | null;
  readonly formerIds?: readonly ConversationId[];
  /** It is an event of its own, not what follows from a message. */
  readonly isTold?: boolean;
}

export function mergeRaises(a: Raise, b: Raise): Required<Raise> {
  return {
    last: later(a.last, b.last),
    lastInboundAt: newer(a.lastInboundAt, b.lastInboundAt),
    refusedAt: newer(a.refusedAt, b.refusedAt),
    formerIds: [...new Set([...(a.formerIds ?? []), ...(b.formerIds ?? [])])],
    isTold: a.isTold === true || b.isTold === true,
  };
}

function newer(a: Instant | null = null, b: Instant | null = null): Instant | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b);
}

function later(a: LastMessage | null = null, b: LastMessage | null = null): LastMessage | null {
  if (a === null || b === null) return a ?? b;
  return comparePlaces(placeOf(a), placeOf(b)) < 0 ? b : a;
}

export function placeOf({ _id: id, second }: LastMessage) {
  return { second, id };
}
