import type { Instant } from '../../../clock.ts';
import type { ConversationId } from '../../../ids.ts';

/** What only rises, and cannot be counted from the messages of a conversation. */
export interface Raise {
  readonly lastInboundAt?: Instant | null;
  readonly refusedAt?: Instant | null;
  readonly formerIds?: readonly ConversationId[];
  /** It is an event of its own, not what follows from a message. */
  readonly isTold?: boolean;
}

export function mergeRaises(a: Raise, b: Raise): Required<Raise> {
  return {
    lastInboundAt: newer(a.lastInboundAt, b.lastInboundAt),
    refusedAt: newer(a.refusedAt, b.refusedAt),
    formerIds: [...new Set([...(a.formerIds ?? []), ...(b.formerIds ?? [])])],
    isTold: a.isTold === true || b.isTold === true,
  };
}

function newer(a: Instant | null = null, b: Instant | null = null): Instant | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b);
}
