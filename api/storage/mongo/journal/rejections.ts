import { dayMs, minuteMs } from '../../../clock.ts';
import type { Instant } from '../../../clock.ts';
import type { Rejection } from '../../store.ts';
import type { Core } from '../core.ts';
import { retryOnDuplicate } from '../unique.ts';

/** The list shows why; the counts go on beyond it, so that nobody can fill the disk with bad requests. */
const keptRejections = 200;
const countsKeptMs = 30 * dayMs;

const newestFirst = { at: -1, _id: -1 } as const;

export async function recordRejection(
  { collections }: Pick<Core, 'collections'>,
  { at, reason, status, times }: Rejection,
): Promise<void> {
  const { rejectionCounts, rejections } = collections;
  await rejections.insertOne({ at, status, reason, times });
  const tooMany = await rejections.findOne({}, { sort: newestFirst, skip: keptRejections });
  if (tooMany !== null) await rejections.deleteMany({ at: { $lte: tooMany.at } });
  await retryOnDuplicate(() =>
    rejectionCounts.updateOne(
      { _id: minuteOf(at) },
      { $inc: { rejected: times } },
      { upsert: true },
    ),
  );
}

export async function rejections(
  { collections }: Pick<Core, 'collections'>,
  limit: number,
): Promise<readonly Rejection[]> {
  const found = await collections.rejections.find().sort(newestFirst).limit(limit).toArray();
  return found.map(({ at, reason, status, times }) => ({ at, status, reason, times }));
}

export async function rejectedSince(
  { collections }: Pick<Core, 'collections'>,
  since: Instant,
): Promise<number> {
  const counts = await collections.rejectionCounts
    .find({ _id: { $gte: minuteOf(since) } })
    .toArray();
  return counts.reduce((sum, { rejected }) => sum + rejected, 0);
}

export async function forgetOldRejections(
  { collections }: Pick<Core, 'collections'>,
  now: Instant,
): Promise<void> {
  await collections.rejectionCounts.deleteMany({ _id: { $lt: minuteOf(now - countsKeptMs) } });
}

function minuteOf(at: Instant): number {
  return Math.floor(at / minuteMs);
}
