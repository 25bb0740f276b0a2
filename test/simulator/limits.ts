import { z } from 'zod';
import { graphError } from './graph-error.ts';
import type { GraphError } from './graph-error.ts';

export const limitsSchema = z.object({
  /** Sends per second and business number; null: no limit. Over it: 130429. */
  throughput: z.exactOptional(z.int().positive().nullable()),
  /** One per 6 s to one person, with a burst of 45 that borrows. Over it: 131056. */
  pairRate: z.exactOptional(z.boolean()),
  /**
   * Whom 24 hours without a word shut out (131047): nobody; those who have written before; or also those who
   * never have, as the real one does.
   */
  window: z.exactOptional(z.enum(['off', 'known', 'strict'])),
  /** How a closed window is told: as a failed status after a 200, or in the answer. */
  windowRefusal: z.exactOptional(z.enum(['status', 'answer'])),
});
export type LimitSettings = Required<z.infer<typeof limitsSchema>>;

export interface Limits {
  settings(): LimitSettings;
  change(patch: z.infer<typeof limitsSchema>): LimitSettings;
  /** Counts a send; an error when it is one too many. */
  check(phoneNumberId: string, customerId: string): GraphError | null;
}

// https://developers.facebook.com/documentation/business-messaging/whatsapp/about-the-platform
const pairBurst = 45;
const pairRefillMs = 6_000;
const windowMs = 24 * 60 * 60 * 1_000;

export const defaultLimits: LimitSettings = {
  throughput: 80,
  pairRate: true,
  window: 'known',
  windowRefusal: 'status',
};

interface Bucket {
  tokens: number;
  at: number;
}

export function createLimits({ clock }: { readonly clock: { now(): number } }): Limits {
  let settings = defaultLimits;
  const numbers = new Map<string, Bucket>();
  const pairs = new Map<string, Bucket>();

  function take(
    buckets: Map<string, Bucket>,
    key: string,
    rule: { size: number; refillMs: number },
  ) {
    const now = clock.now();
    const bucket = buckets.get(key) ?? { tokens: rule.size, at: now };
    buckets.set(key, bucket);
    bucket.tokens = Math.min(rule.size, bucket.tokens + (now - bucket.at) / rule.refillMs);
    bucket.at = now;
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  }

  return {
    settings: () => settings,
    change(patch) {
      settings = { ...settings, ...patch };
      return settings;
    },
    check(phoneNumberId, customerId) {
      const perSecond = settings.throughput;
      const throughput = perSecond && { size: perSecond, refillMs: 1_000 / perSecond };
      if (throughput && !take(numbers, phoneNumberId, throughput))
        return graphError(130429, 'Cloud API message throughput has been reached.');
      const pair = { size: pairBurst, refillMs: pairRefillMs };
      if (settings.pairRate && !take(pairs, `${phoneNumberId} ${customerId}`, pair))
        return graphError(131056, 'Too many messages to this recipient in a short time.');
      return null;
    },
  };
}

/** Whether free-form messages are shut out. `lastWroteAt` null: the customer has never written. */
export function isWindowClosed(
  rule: LimitSettings['window'],
  lastWroteAt: number | null,
  now: number,
): boolean {
  if (rule === 'off') return false;
  if (lastWroteAt === null) return rule === 'strict';
  return now - lastWroteAt >= windowMs;
}
