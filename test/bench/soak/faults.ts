import type { FaultRequest } from '../../simulator/faults.ts';

/** Everything that goes wrong in a bad week, all at once. */
export const badWeek: readonly FaultRequest[] = [
  { kind: 'webhook-duplicate', rate: 0.05, ms: 1_500 },
  { kind: 'webhook-reorder', rate: 0.2, ms: 2_000 },
  { kind: 'webhook-delay', rate: 0.01, ms: 3_000 },
  { kind: 'webhook-batch', rate: 0.02, ms: 400 },
  { kind: 'webhook-interrupt', rate: 0.02 },
  { kind: 'webhook-answer-lost', rate: 0.02 },
  { kind: 'delivered-left-out', rate: 0.05 },
  // May be tried again.
  { kind: 'send-error', rate: 0.02, code: 131016 },
  { kind: 'send-error', rate: 0.01, code: 130429, retryAfterSeconds: 1 },
  { kind: 'send-error', rate: 0.005, code: 131056 },
  // May not.
  { kind: 'send-error', rate: 0.005, code: 131026 },
  { kind: 'send-fails-later', rate: 0.01, code: 131026 },
  // Nobody knows.
  { kind: 'send-timeout', rate: 0.002 },
  { kind: 'send-reset', rate: 0.002 },
  { kind: 'send-reset', rate: 0.002, accepts: true },
  { kind: 'send-nonsense', rate: 0.003 },
  { kind: 'send-nonsense', rate: 0.002, accepts: true },
  { kind: 'send-slow', rate: 0.02, ms: 800 },
];
