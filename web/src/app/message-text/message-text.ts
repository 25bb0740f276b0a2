import { linksIn } from './links';

export type Look = 'bold' | 'italic' | 'struck';

/** A stretch of a message that is drawn in one way. */
export interface TextRun {
  readonly text: string;
  readonly looks: readonly Look[];
  readonly isCode: boolean;
  /** Where a click leads; null for what is no link. */
  readonly href: string | null;
  /** Where it leads, to be shown beside it: its text may look like another host. */
  readonly host: string | null;
  /** In this app rather than on another page. */
  readonly opensHere: boolean;
}

/** Lines of a message that stand together: as text, as a quote, or one point of a list with its mark. */
export interface TextBlock {
  readonly kind: 'lines' | 'quote' | 'point';
  readonly mark: string;
  readonly runs: readonly TextRun[];
}

/** https://faq.whatsapp.com/539178204879377 */
const markers: Readonly<Record<string, Look>> = { '*': 'bold', _: 'italic', '~': 'struck' };

/** Each is an element of the page; what has more of them is drawn as it was written. */
export const mostRuns = 500;

/**
 * Cuts a message into what WhatsApp draws differently: `> ` quotes, lists with `- `, `* ` or `1. `, and in them
 * *bold*, _italic_, ~struck~, `code`, ```code over several lines```, and links. Only the markers of what is
 * drawn are left out. In linear time: anybody may write to us, 64 kB at once.
 */
export function textBlocks(text: string): readonly TextBlock[] {
  const blocks: OpenBlock[] = [];
  let isLineStart = true;
  for (const { text: piece, isInside } of cutAtPairs(text, '```')) {
    for (const line of isInside ? [piece] : piece.split(/(?<=\n)/)) {
      if (line === '') continue;
      const start = isLineStart && !isInside ? startOf(line) : plainStart;
      const block = isLineStart ? blockFor(blocks, start) : blocks.at(-1);
      const runs = isInside ? [codeRun(piece)] : lineRuns(line.slice(start.length));
      for (const run of runs) block?.runs.push(run);
      isLineStart = !isInside && line.endsWith('\n');
    }
  }
  const drawn = blocks.map((block, at) => ({
    ...block,
    runs: merged(at < blocks.length - 1 ? withoutLineEnd(block.runs) : block.runs),
  }));
  const runCount = drawn.reduce((sum, { runs }) => sum + runs.length, 0);
  return runCount > mostRuns ? [{ kind: 'lines', mark: '', runs: [plainRun(text)] }] : drawn;
}

/** The text as it is drawn, without its markers. */
export function plainText(text: string): string {
  return textBlocks(text)
    .map(({ mark, runs }) => {
      const drawn = runs.map((run) => run.text).join('');
      return mark === '' ? drawn : `${mark} ${drawn}`;
    })
    .join('\n');
}

interface OpenBlock extends TextBlock {
  readonly runs: TextRun[];
}

/** What a line begins with, and how much of it says so. */
interface LineStart {
  readonly kind: TextBlock['kind'];
  readonly mark: string;
  readonly length: number;
}

const plainStart: LineStart = { kind: 'lines', mark: '', length: 0 };
const lineStart = /^(?:> |(?<point>[-*]|\d{1,3}\.) +)(?=\S)/u;

function startOf(line: string): LineStart {
  const match = lineStart.exec(line);
  if (match === null) return plainStart;
  const [{ length }] = match;
  const point = match.groups?.['point'];
  if (point === undefined) return { kind: 'quote', mark: '', length };
  return { kind: 'point', mark: /\d/u.test(point) ? point : '•', length };
}

/** Lines of text, or of a quote, go on with those before; each point of a list stands for itself. */
function blockFor(blocks: OpenBlock[], { kind, mark }: LineStart): OpenBlock {
  const last = blocks.at(-1);
  if (last?.kind === kind && kind !== 'point') return last;
  const block = { kind, mark, runs: [] };
  blocks.push(block);
  return block;
}

/** The next block begins on a line of its own anyway. */
function withoutLineEnd(runs: readonly TextRun[]): readonly TextRun[] {
  const last = runs.at(-1);
  if (last?.isCode !== false || !last.text.endsWith('\n')) return runs;
  return [...runs.slice(0, -1), { ...last, text: last.text.slice(0, -1) }];
}

interface Piece {
  readonly text: string;
  readonly isInside: boolean;
}

/** What stands between two marks, without them, and what stands outside. */
function cutAtPairs(text: string, mark: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let done = 0;
  let outside = '';
  while (done < text.length) {
    const open = text.indexOf(mark, done);
    const close = open < 0 ? -1 : text.indexOf(mark, open + mark.length);
    if (close < 0) break;
    const inside = text.slice(open + mark.length, close);
    if (inside.trim() === '') {
      // Nothing to draw: the second may be the first of another pair.
      outside += text.slice(done, close);
      done = close;
      continue;
    }
    pieces.push({ text: outside + text.slice(done, open), isInside: false });
    pieces.push({ text: inside, isInside: true });
    outside = '';
    done = close + mark.length;
  }
  return [...pieces, { text: outside + text.slice(done), isInside: false }];
}

function codeRun(text: string): TextRun {
  return { ...plainRun(text), isCode: true };
}

export function plainRun(text: string): TextRun {
  return { text, looks: [], isCode: false, href: null, host: null, opensHere: false };
}

/** What the markers leave alone: code and addresses. */
interface Solid {
  readonly start: number;
  readonly run: TextRun;
  readonly end: number;
}

/** Nothing but plain text is without all of these. */
const anythingSpecial = /[*_~`@+]|:\/\/|www\./i;

function lineRuns(line: string): readonly TextRun[] {
  if (!anythingSpecial.test(line)) return [plainRun(line)];
  const solids = solidsOf(line);
  const turns = turnsOf(line, solids);
  const runs: TextRun[] = [];
  const looks = new Set<Look>();
  const add = (run: TextRun): void => {
    runs.push({ ...run, looks: [...looks] });
  };
  let done = 0;
  const addPlain = (end: number): void => {
    if (end > done) add(plainRun(line.slice(done, end)));
  };
  for (const cut of [...solids, ...turns].sort((a, b) => a.start - b.start)) {
    addPlain(cut.start);
    done = cut.end;
    if ('run' in cut) add(cut.run);
    else if (!looks.delete(cut.look)) looks.add(cut.look);
  }
  addPlain(line.length);
  return runs;
}

function solidsOf(line: string): readonly Solid[] {
  const solids: Solid[] = [];
  let start = 0;
  for (const { text, isInside } of cutAtPairs(line, '`')) {
    if (isInside) {
      solids.push({ start: start - 1, run: codeRun(text), end: start + text.length + 1 });
    } else {
      for (const link of linksIn(text)) {
        const [from, end] = [start + link.start, start + link.end];
        const { href, host, opensHere } = link;
        const run = { ...plainRun(line.slice(from, end)), href, host, opensHere };
        solids.push({ start: from, run, end });
      }
    }
    start += text.length + 1;
  }
  return solids;
}

/** A marker that turns a look on, or the one that turns it off again. */
interface Turn {
  readonly start: number;
  readonly end: number;
  readonly look: Look;
}

function turnsOf(line: string, solids: readonly Solid[]): readonly Turn[] {
  const turns: Turn[] = [];
  /** Those that may yet be closed; a look at most once. */
  let open: readonly Turn[] = [];
  let nextSolid = 0;
  for (let at = 0; at < line.length; at += 1) {
    const solid = solids[nextSolid];
    if (solid?.start === at) {
      at = solid.end - 1;
      nextSolid += 1;
      continue;
    }
    const look = markers[line.charAt(at)];
    if (look === undefined) continue;
    const turn = { start: at, end: at + 1, look };
    const depth = open.findIndex((other) => other.look === look);
    const opener = open[depth];
    if (opener === undefined) {
      if (canOpen(line, at)) open = [...open, turn];
    } else if (canClose(line, at)) {
      turns.push(opener, turn);
      // Those opened inside of it were none.
      open = open.slice(0, depth);
    }
  }
  return turns;
}

const inWord = /[\p{L}\p{N}]/u;

function canOpen(line: string, at: number): boolean {
  const next = line.charAt(at + 1);
  return !inWord.test(line.charAt(at - 1)) && next !== line.charAt(at) && /\S/.test(next);
}

function canClose(line: string, at: number): boolean {
  return /\S/.test(line.charAt(at - 1)) && !inWord.test(line.charAt(at + 1));
}

function merged(runs: readonly TextRun[]): readonly TextRun[] {
  const all: TextRun[] = [];
  let text: string[] = [];
  runs.forEach((run, index) => {
    const next = runs[index + 1];
    text.push(run.text);
    if (next !== undefined && isAlike(run, next)) return;
    const whole = text.join('');
    text = [];
    if (whole !== '') all.push({ ...run, text: whole });
  });
  return all;
}

function isAlike(a: TextRun, b: TextRun): boolean {
  if (a.isCode || b.isCode || a.href !== null || b.href !== null) return false;
  return a.looks.join() === b.looks.join();
}
