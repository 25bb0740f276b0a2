import type { Instant } from '../../api/clock.ts';
import type { MessageId } from '../../api/ids.ts';
import type { ClaimedSend, OutboxStore, Settlement } from '../../api/storage/store.ts';
import { unpaced } from '../contract/store/deliveries.ts';

/** What reached WhatsApp, in this order. */
export interface Sent {
  readonly id: MessageId;
  readonly attempt: number;
  readonly to: string;
  readonly at: Instant;
}

export type Answer = (claim: ClaimedSend, at: Instant) => Settlement;

export const leaseMs = 30_000;
const sweepMs = 5_000;
const takeOverMs = 45_000;

export const accepting: Answer = (claim, at) => ({
  kind: 'ACCEPTED',
  at,
  wamid: `wamid.${claim.message.id}.${String(claim.attempt)}`,
});

/** The other side: it notes what it is sent. */
export function createWorld() {
  const sent: Sent[] = [];

  function receive(claims: readonly ClaimedSend[], at: Instant): void {
    for (const { message, attempt, recipient } of claims) {
      sent.push({ id: message.id, attempt, to: recipient.phoneNumber ?? '', at });
    }
  }

  /** Claims and settles what is due, until nothing is. */
  async function sendDue(outbox: OutboxStore, now: Instant, answer = accepting): Promise<void> {
    for (;;) {
      const claims = await outbox.claim({ now, leaseMs, limit: 64, pacing: unpaced });
      if (claims.length === 0) return;
      receive(claims, now);
      await Promise.all(
        claims.map((claim) =>
          outbox.settle(
            { messageId: claim.message.id, attempt: claim.attempt },
            answer(claim, now),
          ),
        ),
      );
    }
  }

  return {
    sent,
    receive,
    sendDue,
    sentOf: (id: MessageId) => sent.filter((one) => one.id === id),
    /** Another process goes on, for as long as a takeover may take. Resolves with when it ended. */
    async takeOver(outbox: OutboxStore, from: Instant, answer = accepting): Promise<Instant> {
      const end = from + takeOverMs;
      for (let now = from; now <= end; now += sweepMs) {
        await outbox.expireLeases(now);
        await sendDue(outbox, now, answer);
      }
      return end;
    },
  };
}

export type World = ReturnType<typeof createWorld>;
