import type { TransferProgress } from './progress.ts';
import type { TransferKind, TransferRecords } from './records.ts';

/** A store that nobody else uses meanwhile, to be written out or taken over as a whole. */
export interface TransferStore {
  /** For people: the directory, or the database. */
  readonly place: string;
  /** Whether other processes are seen to use it; the embedded store is locked, so that none can. */
  others(): Promise<'none' | 'some' | 'unknown'>;
  stop(): Promise<void>;

  /** Makes what follows from what a process that died had begun, so that what is read is whole. */
  finishBegun(): Promise<void>;
  identity(): Promise<StoreIdentity>;
  /** How many there are, roughly: for people who wait. */
  about(kind: TransferKind): Promise<number>;
  /** The next ones after a place that it gave itself, which is good for as long as nothing is written. */
  read<Kind extends TransferKind>(kind: Kind, after: string | null): Promise<PortionOf<Kind>>;

  isEmpty(): Promise<boolean>;
  /** Of the migration into this store that has not ended; null where there is none. */
  progress(): Promise<TransferProgress | null>;
  begin(progress: TransferProgress): Promise<void>;
  /** Takes in a portion, then notes the progress. The same portion again is the same as once. */
  take<Kind extends TransferKind>(taken: Taken<Kind>): Promise<void>;
  /**
   * It is whole: servers may open it. Cursors of events that anybody may still have from it are unknown from then on,
   * as those of the other store are.
   */
  finish(): Promise<void>;
}

export interface StoreIdentity {
  /** The name of its log of changes, which it was given when it was made. */
  readonly name: string;
  /** Grows with whatever comes in or goes out; null: nothing ever did. */
  readonly newestId: string | null;
}

export interface Portion<Item> {
  readonly records: readonly Item[];
  /** Where the next one begins; null: this is the last. */
  readonly next: string | null;
}

export type PortionOf<Kind extends TransferKind> = Portion<TransferRecords[Kind]>;

export interface Taken<Kind extends TransferKind> {
  readonly kind: Kind;
  readonly records: readonly TransferRecords[Kind][];
  readonly progress: TransferProgress;
}

/** Things that were read in order, at most `limit` of them; some may be none of our records. */
export function portionOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  {
    cursorOf,
    toRecord,
  }: {
    readonly cursorOf: (row: Row) => string;
    readonly toRecord: (row: Row) => Item | null;
  },
): Portion<Item> {
  const last = rows.at(-1);
  return {
    records: rows.map(toRecord).filter((record) => record !== null),
    next: last === undefined || rows.length < limit ? null : cursorOf(last),
  };
}
