import { secondMs } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { TransferKind } from '../storage/transfer/records.ts';
import type { TransferStore } from '../storage/transfer/transfer.ts';

export interface Step {
  readonly verb: 'copied' | 'compared';
  readonly kind: TransferKind;
  readonly count: number;
  /** Of this kind nothing follows. */
  readonly isLast: boolean;
}

export type ReportProgress = (step: Step) => Promise<void>;

/** Often enough for who waits, seldom enough for who reads it afterwards. */
const everyMs = 2 * secondMs;

export const kindNames: Readonly<Record<TransferKind, string>> = {
  contacts: 'contacts',
  identifiers: 'identifiers',
  conversations: 'conversations',
  messages: 'messages',
  numbers: 'business numbers',
  lines: 'outbox lines',
  heldStatuses: 'held statuses',
  receipts: 'read receipts',
  deliveries: 'journal',
  rejections: 'rejections',
  rejectionCounts: 'rejection counts',
  newestId: 'newest id',
};

/** A line for what is finished, and every few seconds one for what is not. */
export function createProgressLines(
  source: Pick<TransferStore, 'about'>,
  { clock, print }: { readonly clock: Clock; readonly print: (text: string) => void },
): ReportProgress {
  const totals = new Map<TransferKind, number>();
  let printedAt = clock.now();

  async function totalOf(kind: TransferKind): Promise<number> {
    const total = totals.get(kind) ?? (await source.about(kind));
    totals.set(kind, total);
    return total;
  }

  return async ({ count, isLast, kind, verb }) => {
    const now = clock.now();
    if (!isLast && now - printedAt < everyMs) return;
    printedAt = now;
    const name = kindNames[kind].padEnd(16);
    const of = isLast ? '' : ` of about ${numberText(Math.max(await totalOf(kind), count))}`;
    if (verb === 'copied' || !isLast) print(`${name} ${numberText(count)}${of} ${verb}\n`);
  };
}

export function numberText(number: number): string {
  return number.toLocaleString('en');
}
