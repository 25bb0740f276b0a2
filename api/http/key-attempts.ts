import { minuteMs } from '../clock.ts';
import type { Clock, Instant } from '../clock.ts';

/** Counts wrong keys by address, so that keys cannot be tried out quickly. */
export interface KeyAttempts {
  /** How long no key is looked at from this address; 0: it may try. */
  blockedForMs(address: string): number;
  recordWrong(address: string, digest: Buffer): void;
}

const windowMs = minuteMs;
const wrongKeysPerWindow = 10;
// An attacker with many addresses must not fill the memory; the longest known ones are forgotten.
const maxAddresses = 10_000;

/**
 * Different wrong keys are counted: a script that goes on with an outdated key guesses nothing, and
 * must not lock out the others behind the same address.
 */
export function createKeyAttempts(clock: Clock): KeyAttempts {
  const byAddress = new Map<string, { readonly endsAt: Instant; readonly wrong: Set<string> }>();

  function current(address: string) {
    const attempts = byAddress.get(address);
    if (attempts === undefined || clock.now() < attempts.endsAt) return attempts;
    byAddress.delete(address);
    return undefined;
  }

  function begin(address: string) {
    const oldest = byAddress.keys().next();
    if (byAddress.size >= maxAddresses && oldest.done !== true) byAddress.delete(oldest.value);
    const attempts = { endsAt: clock.now() + windowMs, wrong: new Set<string>() };
    byAddress.set(address, attempts);
    return attempts;
  }

  return {
    blockedForMs(address) {
      const attempts = current(address);
      if (attempts === undefined || attempts.wrong.size < wrongKeysPerWindow) return 0;
      return attempts.endsAt - clock.now();
    },
    recordWrong(address, digest) {
      const attempts = current(address) ?? begin(address);
      attempts.wrong.add(digest.toString('base64'));
    },
  };
}
