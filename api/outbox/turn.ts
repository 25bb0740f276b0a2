import type { Clock, Instant } from '../clock.ts';
import type { WhatsAppConfig } from '../config.ts';
import type { Log } from '../log.ts';
import type { OutboxStore } from '../storage/store.ts';
import { leaseMs, pacing, sweepEveryMs } from './limits.ts';
import type { Pool } from './pool.ts';
import type { ReceiptTeller } from './receipts.ts';
import type { Sender } from './sender.ts';
import type { TokenPause } from './token-pause.ts';

export interface TurnOptions {
  readonly outbox: OutboxStore;
  readonly config: Pick<WhatsAppConfig, 'token'>;
  readonly pause: TokenPause;
  readonly sender: Sender;
  readonly sends: Pool;
  readonly teller: ReceiptTeller;
  readonly receipts: Pool;
  readonly clock: Clock;
  readonly log: Log;
}

// Where the store names a time that has passed although it gave nothing out.
const secondLookMs = 50;

/** One look at the outbox: begins what is due, as far as there is room, and says when to look again. */
export function createTurn(options: TurnOptions): () => Promise<Instant> {
  const { outbox, config, pause, sender, sends, teller, receipts, clock, log } = options;
  let sweepDueAt = 0;
  // Due as well when the clock was set back, or nobody would sweep until it has caught up.
  const isSweepDue = (now: Instant) => now >= sweepDueAt || now < sweepDueAt - sweepEveryMs;

  async function sweep(): Promise<void> {
    const now = clock.now();
    const expired = await outbox.expireLeases(now);
    if (expired > 0) log.warn({ expired }, 'sends were cut off: their outcome is unknown');
    sweepDueAt = now + sweepEveryMs;
  }

  /** True when there is no room left: the end of an attempt brings the next turn. */
  async function beginSends(): Promise<boolean> {
    const limit = pause.room(sends.free);
    if (limit === 0) return sends.free === 0;
    const now = clock.now();
    const claims = await outbox.claim({ now, leaseMs, limit, pacing });
    if (claims.length > 0) pause.probed();
    for (const claim of claims) sends.run(() => sender.attempt(claim, now));
    return claims.length === limit;
  }

  async function beginReceipts(): Promise<boolean> {
    const limit = pause.room(receipts.free);
    if (limit === 0) return receipts.free === 0;
    const claims = await outbox.claimReceipts({ now: clock.now(), leaseMs, limit });
    if (claims.length > 0) pause.probed();
    for (const claim of claims) receipts.run(() => teller.tell(claim));
    return claims.length === limit;
  }

  return async () => {
    if (isSweepDue(clock.now())) await sweep();
    // Without a token nothing can be sent: what is queued waits for the restart that brings one.
    if (config.token === null) return sweepDueAt;
    const isFull = [await beginSends(), await beginReceipts()].includes(true);
    const dueAt = isFull ? null : await outbox.nextDueAt();
    if (dueAt === null) return sweepDueAt;
    const now = clock.now();
    const lookAt = Math.max(dueAt, pause.probeDueAt() ?? dueAt);
    return Math.min(lookAt > now ? lookAt : now + secondLookMs, sweepDueAt);
  };
}
