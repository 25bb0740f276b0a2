import type { EntryJson, EntryWithBodyJson, RejectionJson } from '../journal-json.ts';

/** What became of the elements of a delivery in a few words: `2 applied, 1 set aside: <why>`. */
function outcomeOf({ verdicts }: EntryJson): string {
  const counts = new Map<string, number>();
  for (const { result } of verdicts) counts.set(result, (counts.get(result) ?? 0) + 1);
  const words = Array.from(
    counts,
    ([result, count]) => `${String(count)} ${result.toLowerCase().replace('_', ' ')}`,
  );
  const why = verdicts.find(({ result }) => result === 'SET_ASIDE')?.detail;
  return words.join(', ') + (why == null ? '' : `: ${why}`);
}

export function entriesTable(entries: readonly EntryJson[], width: number | null): string {
  if (entries.length === 0) return 'There are no such deliveries.\n';
  const rows = entries.map((entry) => [
    entry.id,
    entry.received_at,
    entry.state,
    String(entry.size_bytes),
    outcomeOf(entry),
  ]);
  return table([['ID', 'RECEIVED', 'STATE', 'BYTES', 'OUTCOME'], ...rows], width);
}

export function rejectionsTable(found: readonly RejectionJson[], width: number | null): string {
  if (found.length === 0) return 'No delivery was refused.\n';
  const rows = found.map(({ at, status, times, reason }) => [
    at,
    String(status),
    String(times),
    reason,
  ]);
  return table([['AT', 'STATUS', 'TIMES', 'REASON'], ...rows], width);
}

export function entryPage(entry: EntryJson): string {
  const { id, received_at, state, size_bytes, verdicts } = entry;
  const lines = verdicts.map(({ path, result, detail }) => [result, path, detail ?? '']);
  return [
    `${id}  ${state}  received ${received_at}, ${String(size_bytes)} bytes\n`,
    verdicts.length === 0 ? 'Nothing in it.\n' : table(lines, null),
  ].join('\n');
}

export function entryWithBodyPage(entry: EntryWithBodyJson): string {
  return `${entryPage(entry)}\n${printable(indented(entry.body))}\n`;
}

/** Columns as wide as their widest cell; lines end where the terminal does. */
function table(rows: readonly (readonly string[])[], width: number | null): string {
  const clean = rows.map((row) => row.map((cell) => printable(cell).replaceAll('\n', ' ')));
  const widths = (clean[0] ?? []).map((_, column) =>
    Math.max(...clean.map((row) => row[column]?.length ?? 0)),
  );
  return clean
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .map((line) => `${line.slice(0, width ?? line.length).trimEnd()}\n`)
    .join('');
}

function indented(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    // No JSON, or nested too deeply to be written anew: as it came.
    return body;
  }
}

/** What others wrote must not steer the terminal. */
function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}]/gu, (sign) => (sign === '\n' ? sign : '\ufffd'));
}
