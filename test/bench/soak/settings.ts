import { parseArgs } from 'node:util';

export interface SoakSettings {
  readonly seconds: number;
  /** Messages in and out, per second. */
  readonly rate: number;
  readonly people: number;
  /** Subscriptions that follow the feed, and come and go while they do. */
  readonly subscribers: number;
  readonly hasFaults: boolean;
  /** Keeps the app open in a browser. */
  readonly hasPage: boolean;
  /** Follows the memory of that app, and fails where it holds too much in the end. */
  readonly watchesHeap: boolean;
  /** The server from its sources rather than from dist. */
  readonly isFromSource: boolean;
  /** Same number, same traffic. */
  readonly seed: number;
}

export const usage = `usage: npm run soak -- [--minutes 10 | --seconds N] [--rate 50] [--people 300]
                      [--subscribers 2] [--seed N] [--no-faults] [--page | --heap] [--source]`;

/** Null: the arguments make no sense. */
export function readSettings(args: readonly string[]): SoakSettings | null {
  const values = parsed(args);
  if (values === null) return null;
  const minutes = Number(values.minutes ?? 10);
  const settings = {
    seconds: Number(values.seconds ?? minutes * 60),
    rate: Number(values.rate ?? 50),
    people: Number(values.people ?? 300),
    subscribers: Number(values.subscribers ?? 2),
    hasFaults: values['no-faults'] !== true,
    hasPage: values.page === true || values.heap === true,
    watchesHeap: values.heap === true,
    isFromSource: values.source === true,
    seed: Number(values.seed ?? Math.floor(Math.random() * 1e6)),
  };
  const { seconds, rate, people, subscribers } = settings;
  const isSensible = seconds > 0 && rate > 0 && people > 0 && people < 10_000 && subscribers > 0;
  return isSensible ? settings : null;
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        minutes: { type: 'string' },
        seconds: { type: 'string' },
        rate: { type: 'string' },
        people: { type: 'string' },
        subscribers: { type: 'string' },
        seed: { type: 'string' },
        'no-faults': { type: 'boolean' },
        page: { type: 'boolean' },
        heap: { type: 'boolean' },
        source: { type: 'boolean' },
      },
    }).values;
  } catch {
    // The usage says it all.
    return null;
  }
}
