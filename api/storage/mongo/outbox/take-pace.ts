import type { Instant } from '../../../clock.ts';
import { gcra } from '../../../outbox/pacing.ts';
import type { RateLimit } from '../../store.ts';
import { untilDone } from '../again.ts';
import type { Core } from '../core.ts';
import type { NumberDocument } from '../documents.ts';

/** What a limit allows of so many sends at once. */
export interface Allowance {
  readonly count: number;
  readonly until: Instant | null;
  /** When it allows one more; null: at once. */
  readonly nextAt: Instant | null;
}

export function allowanceOf(
  until: Instant | null,
  asked: { readonly now: Instant; readonly count: number },
  limit: RateLimit,
): Allowance {
  const { now } = asked;
  let count = 0;
  let usedUp = until;
  let pace = gcra(usedUp, now, limit);
  while (pace.isAllowed && count < asked.count) {
    usedUp = pace.until;
    count += 1;
    pace = gcra(usedUp, now, limit);
  }
  return { count, until: usedUp, nextAt: pace.isAllowed ? null : pace.at };
}

/** Counts up to so many sends against the business number: as many as it allows. */
export function takePace(
  core: Core,
  number: NumberDocument,
  asked: { readonly now: Instant; readonly count: number; readonly limit: RateLimit },
): Promise<number> {
  const { numbers } = core.collections;
  const { _id } = number;
  let known: NumberDocument | null = number;
  return untilDone(async () => {
    known ??= await numbers.findOne({ _id });
    if (known === null) return 0;
    const { paceUntil } = known;
    const { count, until, nextAt } = allowanceOf(paceUntil ?? null, asked, asked.limit);
    const { matchedCount } = await numbers.updateOne(
      { _id, paceUntil: paceUntil ?? { $exists: false } },
      { $set: { nextSendAt: nextAt ?? 0, ...(until !== null && { paceUntil: until }) } },
    );
    known = null;
    return matchedCount === 1 ? count : undefined;
  });
}
