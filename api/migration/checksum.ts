import { createHash } from 'node:crypto';

/** Of any number of records, in whatever order they come. */
export interface Checksum {
  readonly count: number;
  /** 64 hexadecimal digits. */
  readonly sum: string;
}

export interface Summing {
  add(record: unknown): void;
  result(): Checksum;
}

const modulus = 1n << 256n;

/** The hashes of the records, added up: the two stores need not keep them in the same order. */
export function createSumming(): Summing {
  let count = 0;
  let sum = 0n;
  return {
    add(record) {
      count += 1;
      const hash = createHash('sha256').update(canonical(record)).digest('hex');
      sum = (sum + BigInt(`0x${hash}`)) % modulus;
    },
    result: () => ({ count, sum: sum.toString(16).padStart(64, '0') }),
  };
}

/** Each store counts the places in its outbox in its own way; their order in the line is that of the list. */
const notCompared = new Set(['position']);

/** JSON with the fields in alphabetical order, and bytes as their hash. */
function canonical(value: unknown): string {
  if (Buffer.isBuffer(value)) return createHash('sha256').update(value).digest('hex');
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value)
    .filter(([name]) => !notCompared.has(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`);
  return `{${fields.join()}}`;
}
