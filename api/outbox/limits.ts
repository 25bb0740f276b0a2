import { minuteMs, secondMs } from '../clock.ts';
import type { Pacing } from '../storage/store.ts';

/** https://developers.facebook.com/documentation/business-messaging/whatsapp/throughput and .../about-the-platform */
export const pacing: Pacing = {
  // 72 a second and 5 at once: requests that bunch up on their way stay within the 80 of any second.
  perNumber: { intervalMs: secondMs / 72, burst: 5 },
  // A burst borrows: after 45 messages the next one waits until 6 s a message have passed.
  perPair: { intervalMs: 6 * secondMs, burst: 45 },
};

// Longer than a request may take (15 s), so that a lease ends only when its process is gone.
export const leaseMs = 30 * secondMs;
// A receipt that is to wait for longer is tried again then all the same: it is soon of no use.
export const longestReceiptWaitMs = 15 * minuteMs;
// With the lease: another process takes over within 45 s.
export const sweepEveryMs = 5 * secondMs;
// 80 a second at 0.8 s an answer.
export const maxSends = 64;
export const maxReceipts = 8;
