import type { Timing } from '../../simulator/options.ts';

/** WhatsApp as on a good network; what is bad about it are the faults. */
export const pace: Partial<Timing> = {
  answerMs: [5, 40],
  sentMs: [20, 200],
  deliveredMs: [50, 400],
  readMs: [100, 1_000],
  retryFirstMs: 200,
  retryMaxMs: 5_000,
};
