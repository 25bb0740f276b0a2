import type { Filter } from 'mongodb';
import type { Instant } from '../../../clock.ts';
import { longestDelayMs } from '../../../outbox/retry.ts';
import { horizon } from '../../../outbox/set-back.ts';
import type { ClaimedSend, ClaimRequest } from '../../store.ts';
import type { Core } from '../core.ts';
import type { LineDocument, NumberDocument } from '../documents.ts';
import { examineLine } from './examine-line.ts';
import { giveBack, leaseLine } from './lease-line.ts';
import type { LeasedLine } from './lease-line.ts';
import { markSending } from './mark-sending.ts';
import { allowanceOf, takePace } from './take-pace.ts';

/** Lines are read in portions, so that a long queue costs little more than what is taken of it. */
const largestPortion = 100;

/** To be looked at; those that a clock has put off which was set back since as well. */
export function dueLines(phoneNumberId: string, now: Instant): Filter<LineDocument> {
  const when = [{ $lte: now }, { $gt: horizon(now, longestDelayMs) }];
  return {
    $or: when.map((dueAt) => ({ phoneNumberId, dueAt, leaseUntil: { $exists: false } })),
  };
}

/** A claim that is being answered. */
export interface Claiming extends ClaimRequest {
  /** What is handed over so far: also when the database goes away in between. */
  readonly claimed: ClaimedSend[];
  /** Whoever asked may have given up: nothing is begun any more. */
  readonly isLate: () => boolean;
}

/** Takes what is due of one business number, up to so many. True: there may be more. */
export async function claimOf(
  core: Core,
  phoneNumberId: string,
  claiming: Claiming & { readonly most: number },
): Promise<boolean> {
  const { lines, numbers } = core.collections;
  const { claimed, now, pacing } = claiming;
  const end = claimed.length + claiming.most;
  // Of those who have to wait for something else there may be many: the portions grow.
  for (let portion = 4; claimed.length < end; portion = Math.min(portion * 2, largestPortion)) {
    const number = await numbers.findOne({ _id: phoneNumberId });
    if (number === null) return false;
    const asked = { now, count: end - claimed.length, limit: pacing.perNumber };
    const { count: room } = allowanceOf(number.paceUntil ?? null, asked, asked.limit);
    const most = Math.min(Math.max(room, portion), largestPortion);
    const due = await lines
      .find(dueLines(phoneNumberId, now))
      .sort({ dueAt: 1 })
      .limit(most)
      .toArray();
    // Writes down when the number may send again, where that is what is waited for.
    if (room === 0 && due.length > 0) await takePace(core, number, { ...asked, count: 0 });
    if (room === 0 || due.length === 0 || claiming.isLate()) return false;
    await takeSome(core, { number, due, room }, claiming);
    if (due.length < most && due.length <= room) return false;
  }
  return true;
}

interface Some {
  readonly number: NumberDocument;
  readonly due: readonly LineDocument[];
  readonly room: number;
}

async function takeSome(core: Core, { number, due, room }: Some, claiming: Claiming) {
  const { now, pacing } = claiming;
  const examined = await Promise.all(due.map((line) => examineLine(core, line, claiming)));
  const ready = examined.filter((line) => line !== null).slice(0, room);
  const taken = await Promise.all(ready.map((line) => leaseLine(core, line, claiming)));
  const leased = taken.filter((line) => line !== null);
  if (leased.length === 0) return;
  const asked = { now, count: leased.length, limit: pacing.perNumber };
  const allowed = claiming.isLate() ? 0 : await takePace(core, number, asked);
  const results = await Promise.allSettled([
    ...leased.slice(0, allowed).map((line) => handOver(core, line, claiming)),
    ...leased.slice(allowed).map((line) => giveBack(core, line)),
  ]);
  const failed = results.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

async function handOver(core: Core, line: LeasedLine, claiming: Claiming): Promise<void> {
  // Asked again: counting may have taken long, and what is marked has to be sent.
  const claimed = claiming.isLate() ? null : await markSending(core, line, claiming);
  if (claimed === null) await giveBack(core, line);
  else claiming.claimed.push(claimed);
}
