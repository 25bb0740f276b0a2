import { linksIn } from './links';
import { mostRuns, plainRun } from './message-text';
import type { TextBlock, TextRun } from './message-text';

/**
 * A line that nobody wrote as a message: numbers and mailboxes, of a contact card for one, are links in it. No
 * markers, and no web addresses, since the name of a file may look like one.
 */
export function linkedLine(line: string): TextBlock {
  const runs: TextRun[] = [];
  let done = 0;
  for (const { start, end, ...link } of linksIn(line)) {
    if (link.href.startsWith('http')) continue;
    if (start > done) runs.push(plainRun(line.slice(done, start)));
    runs.push({ ...plainRun(line.slice(start, end)), ...link });
    done = end;
  }
  if (done < line.length) runs.push(plainRun(line.slice(done)));
  return { kind: 'lines', mark: '', runs: runs.length > mostRuns ? [plainRun(line)] : runs };
}
