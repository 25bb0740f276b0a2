import type { Collection, Filter, WithId } from 'mongodb';
import { writeErrorsOf, duplicateCode } from '../unique.ts';
import type { Collections } from '../collections.ts';
import type { Core } from '../core.ts';
import type { Portion } from '../../transfer/transfer.ts';

/** How one kind of record is read out of its documents, and written as documents; again is the same as once. */
export interface Exchange<Item> {
  /** Holds about as many documents as there are records. */
  readonly collection: keyof Collections;
  read(core: Core, after: string | null): Promise<Portion<Item>>;
  /** At least one. */
  write(core: Core, records: readonly Item[]): Promise<void>;
}

export const portionSize = 500;

/** The next ones in the order of their ids. */
export function readAfter<Stored extends { readonly _id: string | number }>(
  collection: Collection<Stored>,
  after: string | number | null,
  also: Filter<Stored> = {},
): Promise<WithId<Stored>[]> {
  // The driver's types do not follow an id of any type.
  const filter: object = after === null ? also : { ...also, _id: { $gt: after } };
  return collection
    .find(filter as Filter<Stored>)
    .sort({ _id: 1 })
    .limit(portionSize)
    .toArray();
}

/** Documents that are there were inserted by a process that died before it could say so. */
export async function insertMissing(insert: () => Promise<unknown>): Promise<void> {
  try {
    await insert();
  } catch (error) {
    if (writeErrorsOf(error).some(({ code }) => code !== duplicateCode)) throw error;
  }
}
