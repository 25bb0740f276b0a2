import { StartError } from '../../errors.ts';
import { transferKinds } from './records.ts';
import type { TransferKind } from './records.ts';
import type { StoreIdentity } from './transfer.ts';

/** How far a migration has come; it is kept in the store that is written. */
export interface TransferProgress {
  readonly version: number;
  readonly source: StoreIdentity;
  /** What is being taken; null: all was, and is to be compared. */
  readonly kind: TransferKind | null;
  /** After this place of the source. */
  readonly after: string | null;
  /** So many of this kind were taken. */
  readonly count: number;
}

/** What a store has kept as its progress; null when it cannot be that. */
export function asProgress(value: unknown): TransferProgress | null {
  if (typeof value !== 'object' || value === null) return null;
  if (!('version' in value && 'source' in value && 'kind' in value && 'after' in value))
    return null;
  const { after, kind: name, source, version } = value;
  const count = 'count' in value ? Number(value.count) : 0;
  const kind = name === null ? null : transferKinds.find((known) => known === name);
  const identity = asIdentity(source);
  const isPlace = after === null || typeof after === 'string';
  if (kind === undefined || identity === null || !isPlace) return null;
  return { version: Number(version), source: identity, kind, after, count };
}

function asIdentity(value: unknown): StoreIdentity | null {
  if (typeof value !== 'object' || value === null) return null;
  if (!('name' in value && 'newestId' in value)) return null;
  const { name, newestId } = value;
  const isId = newestId === null || typeof newestId === 'string';
  return typeof name === 'string' && isId ? { name, newestId } : null;
}

/** A server on half a store would tell half the truth, and write into it. */
export function unfinishedMigration(place: string): StartError {
  return new StartError(
    `A migration into ${place} has not ended, so that only a part is there. Run the same \`npm run migrate\` again: it goes on where it ` +
      'stopped. Or empty it, and start the server on the store that was to be copied.',
  );
}
