import { parseArgs } from 'node:util';

export interface InstancesSettings {
  readonly seconds: number;
  /** Webhooks per second, of both instances together. */
  readonly rate: number;
  /** How often an instance is killed. */
  readonly kills: number;
  /** Same number, same traffic and same mishaps, as far as the clock allows. */
  readonly seed: number;
  /** Also between the instances and the database, and in WhatsApp itself. */
  readonly hasFaults: boolean;
  readonly people: number;
  readonly subscribers: number;
}

export const usage = `usage: npm run soak:instances -- [--minutes 10 | --seconds N] [--rate 200] [--kills 20]
                      [--people 300] [--subscribers 4] [--seed N] [--no-faults]
MONGODB_TEST_STREAMS_URI names the server; the database is made for the run, and dropped.`;

const text = { type: 'string' } as const;
const options = {
  minutes: text,
  seconds: text,
  rate: text,
  kills: text,
  people: text,
  subscribers: text,
  seed: text,
  'no-faults': { type: 'boolean' },
} as const;

/** Null: the arguments make no sense. */
export function readSettings(args: readonly string[]): InstancesSettings | null {
  const values = parsed(args);
  if (values === null) return null;
  const minutes = Number(values.minutes ?? 10);
  const settings = {
    seconds: Number(values.seconds ?? minutes * 60),
    rate: Number(values.rate ?? 200),
    kills: Number(values.kills ?? 20),
    people: Number(values.people ?? 300),
    subscribers: Number(values.subscribers ?? 4),
    hasFaults: values['no-faults'] !== true,
    seed: Number(values.seed ?? Math.floor(Math.random() * 1e6)),
  };
  const { seconds, rate, kills, people, subscribers } = settings;
  const isSensible = seconds > 0 && rate > 0 && kills >= 0 && people > 0 && subscribers > 0;
  return isSensible && people < 10_000 ? settings : null;
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch {
    // The usage says it all.
    return null;
  }
}
