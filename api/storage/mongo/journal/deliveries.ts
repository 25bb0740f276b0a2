import type { Filter } from 'mongodb';
import type { Instant } from '../../../clock.ts';
import type { DeliveryId } from '../../../ids.ts';
import type { DeliveryState, JournalEntry, JournalQuery, NewDelivery } from '../../store.ts';
import type { Core } from '../core.ts';
import type { DeliveryDocument } from '../documents.ts';
import { keepNewestId } from '../newest-id.ts';

type Deliveries = Pick<Core, 'collections'>;
type Entry = Omit<DeliveryDocument, 'body'>;

/** How many are removed at once. */
const pruneBatch = 500;
const withoutBody = { projection: { body: 0 } } as const;
const newestFirst = { _id: -1 } as const;

/** The first write of a delivery: from here on nobody has to send it again. */
export async function writeDown(core: Core, delivery: NewDelivery): Promise<JournalEntry> {
  const { body, receivedAt } = delivery;
  const _id = core.ids.next('dlv');
  const entry = {
    _id,
    receivedAt,
    state: 'PENDING',
    sizeBytes: body.length,
    verdicts: [],
  } as const;
  await core.deliveryWrites.insert({ ...entry, body });
  return toEntry(entry);
}

/** The last write of a delivery: with it on a majority, all that it brought is too. */
export async function writeVerdicts(
  { collections }: Deliveries,
  { id, state, verdicts }: JournalEntry,
): Promise<void> {
  await collections.deliveries.updateOne({ _id: id }, { $set: { state, verdicts } });
}

/** The same where nobody has applied it a second time meanwhile. */
export function writeFirstVerdicts(
  { deliveryWrites }: Pick<Core, 'deliveryWrites'>,
  entry: JournalEntry,
): Promise<void> {
  return deliveryWrites.writeFirstVerdicts(entry);
}

export async function entryById(
  { collections }: Deliveries,
  id: DeliveryId,
): Promise<JournalEntry | null> {
  const found = await collections.deliveries.findOne<Entry>({ _id: id }, withoutBody);
  return found === null ? null : toEntry(found);
}

export async function deliveryById(
  { collections }: Deliveries,
  id: DeliveryId,
): Promise<(JournalEntry & { readonly body: Buffer }) | null> {
  const found = await collections.deliveries.findOne({ _id: id });
  return found === null ? null : { ...toEntry(found), body: found.body };
}

export async function listDeliveries(
  { collections }: Deliveries,
  { before, limit, receivedBefore, state }: JournalQuery,
): Promise<readonly JournalEntry[]> {
  const filter: Filter<DeliveryDocument> = {
    ...(state !== undefined && { state }),
    ...(before !== undefined && { _id: { $lt: before } }),
    ...(receivedBefore !== undefined && { receivedAt: { $lt: receivedBefore } }),
  };
  const found = await collections.deliveries
    .find<Entry>(filter, withoutBody)
    .sort(newestFirst)
    .limit(limit)
    .toArray();
  return found.map(toEntry);
}

export async function lastDeliveryAt({ collections }: Deliveries): Promise<Instant | null> {
  const newest = { ...withoutBody, sort: newestFirst };
  return (await collections.deliveries.findOne<Entry>({}, newest))?.receivedAt ?? null;
}

export function setAsideSince({ collections }: Deliveries, since: Instant): Promise<number> {
  return collections.deliveries.countDocuments({ state: 'SET_ASIDE', receivedAt: { $gte: since } });
}

/** Removes some that are in this state, the oldest first; resolves with how many. */
export async function forgetSome(
  core: Core,
  state: Exclude<DeliveryState, 'PENDING'>,
  before: Instant,
): Promise<number> {
  const { deliveries } = core.collections;
  const old = await deliveries
    .find<Pick<Entry, '_id'>>(
      { state, receivedAt: { $lt: before } },
      { projection: { _id: 1 }, sort: { receivedAt: 1 }, limit: pruneBatch },
    )
    .toArray();
  if (old.length === 0) return 0;
  await keepNewestId(core);
  const ids = old.map(({ _id }) => _id);
  return (await deliveries.deleteMany({ _id: { $in: ids }, state })).deletedCount;
}

function toEntry({ _id, receivedAt, sizeBytes, state, verdicts }: Entry): JournalEntry {
  return { id: _id, receivedAt, state, sizeBytes, verdicts };
}
