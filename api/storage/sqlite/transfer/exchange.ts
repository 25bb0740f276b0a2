import type { Portion } from '../../transfer/transfer.ts';
import type { Core } from '../core.ts';

export type TransferCore = Pick<Core, 'database' | 'search'>;

/** How one kind of record is read out of its tables, and written into them inside of a transaction. */
export interface Exchange<Item> {
  /** Has about as many rows as there are records. */
  readonly table: string;
  read(core: TransferCore, after: string | null): Portion<Item>;
  write(core: TransferCore, record: Item): void;
}

/** So many make a portion: some milliseconds of work. */
export const portionSize = 500;

/** A place in an order of several columns. */
export function placeOf(...values: readonly (string | number)[]): string {
  return JSON.stringify(values);
}

/** The values of a place; what stands before everything without one. */
export function valuesOf(
  place: string | null,
  first: readonly (string | number)[],
): readonly (string | number)[] {
  // Our own JSON, written by `placeOf`.
  return place === null ? first : (JSON.parse(place) as (string | number)[]);
}
