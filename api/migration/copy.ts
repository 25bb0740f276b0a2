import { transferKinds, transferVersion } from '../storage/transfer/records.ts';
import type { TransferKind } from '../storage/transfer/records.ts';
import type { TransferProgress } from '../storage/transfer/progress.ts';
import type { TransferStore } from '../storage/transfer/transfer.ts';
import type { ReportProgress } from './progress-lines.ts';

export interface Migration {
  readonly source: TransferStore;
  readonly target: TransferStore;
  readonly report: ReportProgress;
  /** Ends it after the portion that is under way. */
  readonly signal: AbortSignal;
}

/** Takes everything from where the target says that it is; true: all is there. */
export async function copyAll(migration: Migration, from: TransferProgress): Promise<boolean> {
  let progress = from;
  while (progress.kind !== null) {
    if (migration.signal.aborted) return false;
    progress = await copyPortion(migration, progress, progress.kind);
  }
  return true;
}

async function copyPortion(
  { report, source, target }: Migration,
  before: TransferProgress,
  kind: TransferKind,
): Promise<TransferProgress> {
  const { next, records } = await source.read(kind, before.after);
  const count = before.count + records.length;
  const isLast = next === null;
  const progress = isLast
    ? beginningOf(before, kindAfter(kind))
    : { ...before, after: next, count };
  await target.take({ kind, records, progress });
  await report({ verb: 'copied', kind, count, isLast });
  return progress;
}

export function firstProgress(source: TransferProgress['source']): TransferProgress {
  const nothing = { version: transferVersion, source, kind: null, after: null, count: 0 };
  return beginningOf(nothing, transferKinds[0] ?? null);
}

function beginningOf(progress: TransferProgress, kind: TransferKind | null): TransferProgress {
  return { ...progress, kind, after: null, count: 0 };
}

function kindAfter(kind: TransferKind): TransferKind | null {
  return transferKinds[transferKinds.indexOf(kind) + 1] ?? null;
}
