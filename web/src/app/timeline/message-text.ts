import { linksIn } from './links';

export type Look = 'bold' | 'italic' | 'struck';

/** A stretch of a message that is drawn in one way. */
export interface TextRun {
  readonly text: string;
  readonly looks: readonly Look[];
  readonly isCode: boolean;
  /** Where a click leads; null for what is no link. */
  readonly href: string | null;
}

/** https://faq.whatsapp.com/539178204879377 */
const markers: Readonly<Record<string, Look>> = { '*': 'bold', _: 'italic', '~': 'struck' };

/**
 * Cuts a message into what WhatsApp draws differently: *bold*, _italic_, ~struck~, `code`, ```code
 * over several lines```, and links. Only the markers of what is drawn are left out. In linear time:
 * anybody may write to us, 64 kB at once.
 */
export function textRuns(text: string): readonly TextRun[] {
  const runs = cutAtPairs(text, '```').flatMap(({ text: piece, isInside }) =>
    isInside ? [codeRun(piece)] : piece.split(/(?<=\n)/).flatMap(lineRuns),
  );
  return merged(runs);
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
  return { text, looks: [], isCode: true, href: null };
}

/** What the markers leave alone: code and addresses. */
interface Solid {
  readonly start: number;
  readonly run: TextRun;
  readonly end: number;
}

/** Nothing but plain text is without all of these. */
const anythingSpecial = /[*_~`@]|:\/\/|www\./i;

function lineRuns(line: string): readonly TextRun[] {
  if (!anythingSpecial.test(line)) return [{ text: line, looks: [], isCode: false, href: null }];
  const solids = solidsOf(line);
  const turns = turnsOf(line, solids);
  const runs: TextRun[] = [];
  const looks = new Set<Look>();
  const add = (run: TextRun): void => {
    runs.push({ ...run, looks: [...looks] });
  };
  let done = 0;
  const addPlain = (end: number): void => {
    if (end > done) add({ text: line.slice(done, end), looks: [], isCode: false, href: null });
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
        const run = { text: line.slice(from, end), looks: [], isCode: false, href: link.href };
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
