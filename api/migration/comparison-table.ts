import type { Side } from './arguments.ts';
import { isSame } from './compare.ts';
import type { Comparison } from './compare.ts';
import { kindNames, numberText } from './progress-lines.ts';

/** Enough of it for the eye; all of it was compared. */
const shownDigits = 16;

export function comparisonTable(
  comparisons: readonly Comparison[],
  sides: { readonly from: Side; readonly to: Side },
): string {
  const rows = comparisons.map((comparison) => {
    const { kind, source, target } = comparison;
    return [
      kindNames[kind],
      numberText(source.count),
      numberText(target.count),
      source.sum.slice(-shownDigits),
      target.sum.slice(-shownDigits),
      isSame(comparison) ? 'same' : 'DIFFERENT',
    ];
  });
  const { from, to } = sides;
  const head = ['', from, to, `checksum ${from}`, `checksum ${to}`, ''];
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  return [head, ...rows].map((row) => `${aligned(row, widths)}\n`).join('');
}

/** Numbers to the right. */
function aligned(row: readonly string[], widths: readonly number[]): string {
  const isNumber = (column: number) => column === 1 || column === 2;
  return row
    .map((cell, column) =>
      isNumber(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
    )
    .join('  ')
    .trimEnd();
}
