import { transferKinds } from '../storage/transfer/records.ts';
import type { TransferKind } from '../storage/transfer/records.ts';
import type { PortionOf, TransferStore } from '../storage/transfer/transfer.ts';
import { createSumming } from './checksum.ts';
import type { Checksum } from './checksum.ts';
import type { Migration } from './copy.ts';

export interface Comparison {
  readonly kind: TransferKind;
  readonly source: Checksum;
  readonly target: Checksum;
}

export function isSame({ source, target }: Comparison): boolean {
  return source.count === target.count && source.sum === target.sum;
}

/** Reads both sides to the end, whatever was told while they were copied. Null: it was to end. */
export async function compareAll(migration: Migration): Promise<readonly Comparison[] | null> {
  const { source, target } = migration;
  const comparisons: Comparison[] = [];
  for (const kind of transferKinds) {
    const sourceSum = await sumOf(migration, source, kind);
    const targetSum = sourceSum && (await sumOf(migration, target, kind));
    if (sourceSum === null || targetSum === null) return null;
    comparisons.push({ kind, source: sourceSum, target: targetSum });
    await migration.report({ verb: 'compared', kind, count: targetSum.count, isLast: true });
  }
  return comparisons;
}

async function sumOf(
  { report, signal }: Migration,
  store: TransferStore,
  kind: TransferKind,
): Promise<Checksum | null> {
  const summing = createSumming();
  let after: string | null = null;
  do {
    if (signal.aborted) return null;
    const portion: PortionOf<TransferKind> = await store.read(kind, after);
    for (const record of portion.records) summing.add(record);
    after = portion.next;
    await report({ verb: 'compared', kind, count: summing.result().count, isLast: false });
  } while (after !== null);
  return summing.result();
}
