import { parseArgs } from 'node:util';

export type Side = 'embedded' | 'mongodb';

export interface MigrationRequest {
  readonly from: Side;
  readonly to: Side;
  readonly assumesStopped: boolean;
}

export type ParsedArguments =
  { readonly request: MigrationRequest | 'help' } | { readonly problem: string };

export const usage = `Copies everything from one store to the other, and compares both afterwards.

  npm run migrate -- --from embedded --to mongodb
  npm run migrate -- --from mongodb --to embedded

The embedded store is the one in DATA_DIR, the MongoDB database that of MONGODB_URI. Stop every server first. The store that
is copied to has to be empty. Stopped or killed on the way, the same command goes on where it was. What it copies from stays as it is.

--assume-stopped: go on although servers are connected to MongoDB, because they use another database there.
`;

/** What is asked for, or what is wrong with it. */
export function parseArguments(given: readonly string[]): ParsedArguments {
  try {
    const { values } = parseArgs({
      args: [...given],
      options: {
        from: { type: 'string' },
        to: { type: 'string' },
        'assume-stopped': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.help) return { request: 'help' };
    const { from, to } = values;
    if (!isSide(from)) return { problem: problemOf('--from', from) };
    if (!isSide(to)) return { problem: problemOf('--to', to) };
    if (from === to) return { problem: `Both sides are ${from}.` };
    return { request: { from, to, assumesStopped: values['assume-stopped'] } };
  } catch (error) {
    // An option that does not exist, or lacks its value: Node says which.
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

function isSide(value: string | undefined): value is Side {
  return value === 'embedded' || value === 'mongodb';
}

function problemOf(name: string, value: string | undefined): string {
  return value === undefined
    ? `${name} is missing: embedded or mongodb.`
    : `${name} ${value} is neither embedded nor mongodb.`;
}
