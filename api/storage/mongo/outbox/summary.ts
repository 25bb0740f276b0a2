import type { Instant } from '../../../clock.ts';
import type { OutboxSummary } from '../../store.ts';
import type { Core } from '../core.ts';

export async function nextDueAt(core: Core): Promise<Instant | null> {
  const { numbers, receipts } = core.collections;
  const [known, receipt] = await Promise.all([
    numbers.find({}).toArray(),
    receipts.findOne({}, { sort: { dueAt: 1 }, projection: { dueAt: 1 } }),
  ]);
  const sends = await Promise.all(
    known.map(async ({ _id, nextSendAt = 0 }) => {
      const dueAt = await firstDueAt(core, _id);
      return dueAt === null ? [] : [Math.max(dueAt, nextSendAt)];
    }),
  );
  const times = [...sends.flat(), ...(receipt === null ? [] : [receipt.dueAt])];
  return times.length === 0 ? null : Math.min(...times);
}

async function firstDueAt(core: Core, phoneNumberId: string): Promise<Instant | null> {
  const line = await core.collections.lines.findOne(
    { phoneNumberId, dueAt: { $gt: 0 }, leaseUntil: { $exists: false } },
    { sort: { dueAt: 1 }, projection: { dueAt: 1 } },
  );
  return line?.dueAt ?? null;
}

export async function summary(core: Core, since: Instant): Promise<OutboxSummary> {
  const { messages } = core.collections;
  // Asks for a field that an index has: for what is merely there a server reads the whole collection.
  const isQueued = { 'queue.queuedAt': { $gt: 0 } };
  const [queued, oldest, failed, unknown] = await Promise.all([
    messages.countDocuments(isQueued),
    messages.findOne(isQueued, { sort: { 'queue.queuedAt': 1 }, projection: { queue: 1 } }),
    messages.countDocuments({
      'delivery.stage': 'FAILED',
      'delivery.deliveredAt': null,
      'delivery.readAt': null,
      'delivery.failedAt': { $gte: since },
    }),
    messages.countDocuments({ 'delivery.stage': 'UNKNOWN' }),
  ]);
  return { queued, oldestQueuedAt: oldest?.queue?.queuedAt ?? null, failed, unknown };
}
