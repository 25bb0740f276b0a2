import { hourMs } from '../clock.ts';
import type { Instant } from '../clock.ts';

/** What the state of the window follows from. */
export interface WindowFacts {
  /** Meta's time of the newest inbound message that opens the window. */
  readonly lastInboundAt: Instant | null;
  /** When WhatsApp last refused a message because the window was closed (131047). */
  readonly refusedAt: Instant | null;
}

export interface ServiceWindow {
  readonly state: 'OPEN' | 'CLOSED' | 'UNKNOWN';
  readonly openedAt: Instant | null;
  readonly expiresAt: Instant | null;
}

export const serviceWindowMs = 24 * hourMs;

/**
 * The customer-service window at `now`: open for 24 h from the customer's last message by Meta's
 * time. UNKNOWN when they have never written as far as we know: Meta decides.
 */
export function serviceWindowAt(facts: WindowFacts, now: Instant): ServiceWindow {
  const { lastInboundAt, refusedAt } = facts;
  if (lastInboundAt === null) {
    return { state: refusedAt === null ? 'UNKNOWN' : 'CLOSED', openedAt: null, expiresAt: null };
  }
  const expiresAt = lastInboundAt + serviceWindowMs;
  const isRefusedSince = refusedAt !== null && refusedAt > lastInboundAt;
  const state = now < expiresAt && !isRefusedSince ? 'OPEN' : 'CLOSED';
  return {
    state,
    openedAt: lastInboundAt,
    expiresAt: isRefusedSince ? Math.min(refusedAt, expiresAt) : expiresAt,
  };
}
