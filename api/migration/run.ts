import type { Clock } from '../clock.ts';
import { StartError } from '../errors.ts';
import type { TransferStore } from '../storage/transfer/transfer.ts';
import { parseArguments, usage } from './arguments.ts';
import type { MigrationRequest, Side } from './arguments.ts';
import { beginOrResume } from './beginning.ts';
import { compareAll, isSame } from './compare.ts';
import { comparisonTable } from './comparison-table.ts';
import { copyAll } from './copy.ts';
import type { Migration } from './copy.ts';
import { createProgressLines, kindNames } from './progress-lines.ts';

export interface MigrateCommandOptions {
  readonly open: (side: Side, as: { readonly isSource: boolean }) => Promise<TransferStore>;
  readonly clock: Clock;
  /** Ends it in order; the same command goes on later. */
  readonly signal: AbortSignal;
  readonly print: (text: string) => void;
  readonly complain: (text: string) => void;
}

/** As shells call what ends with Ctrl-C. */
const interrupted = 130;

/**
 * 0: everything is there and the same; 1: it is not the same; 2: not understood; 130: stopped on the way. Rejects with a StartError for what
 * a person has to mend.
 */
export async function runMigrateCommand(
  given: readonly string[],
  options: MigrateCommandOptions,
): Promise<number> {
  const parsed = parseArguments(given);
  if ('problem' in parsed) {
    options.complain(`${parsed.problem}\n\n${usage}`);
    return 2;
  }
  if (parsed.request === 'help') {
    options.print(usage);
    return 0;
  }
  const { request } = parsed;
  const source = await options.open(request.from, { isSource: true });
  try {
    const target = await options.open(request.to, { isSource: false });
    try {
      return await migrate(request, { source, target }, options);
    } finally {
      await target.stop();
    }
  } finally {
    await source.stop();
  }
}

async function migrate(
  request: MigrationRequest,
  stores: Pick<Migration, 'source' | 'target'>,
  options: MigrateCommandOptions,
): Promise<number> {
  const { complain, print, signal } = options;
  const { source, target } = stores;
  print(`From ${source.place} to ${target.place}.\n`);
  for (const store of [source, target]) await refuseOthers(store, request, options);
  const { isResumed, progress } = await beginOrResume(source, target);
  if (isResumed)
    print(
      progress.kind === null
        ? 'All was copied before, and is compared now.\n'
        : `Going on with the ${kindNames[progress.kind]}.\n`,
    );
  const report = createProgressLines(source, options);
  const migration = { source, target, report, signal };
  const comparisons = (await copyAll(migration, progress)) ? await compareAll(migration) : null;
  if (comparisons === null) {
    complain('Stopped on the way. The same command goes on from here.\n');
    return interrupted;
  }
  print(`\n${comparisonTable(comparisons, request)}\n`);
  if (!comparisons.every(isSame)) {
    complain(different(target.place));
    return 1;
  }
  await target.finish();
  print(farewell(request.to, source.place));
  return 0;
}

/** No instance may run on MongoDB; what can be seen of that depends on the server and on the user's rights. */
async function refuseOthers(
  store: TransferStore,
  { assumesStopped }: MigrationRequest,
  { print }: MigrateCommandOptions,
): Promise<void> {
  const others = await store.others();
  if (others === 'none') return;
  if (others === 'some' && !assumesStopped)
    throw new StartError(
      `Servers are connected to the MongoDB of ${store.place}. Stop all of them: what they write meanwhile would be missing. If they use ` +
        'another database there, add --assume-stopped.',
    );
  print(
    `Whether a server still runs on ${store.place} cannot be seen here: make sure that none does.\n`,
  );
}

function different(target: string): string {
  return (
    'The two are not the same. A server may have written into one of them meanwhile: stop all, empty ' +
    `${target} and begin again. No server starts on it as it is.\n`
  );
}

function farewell(to: Side, source: string): string {
  const next = to === 'mongodb' ? 'with MONGODB_URI set' : 'without MONGODB_URI';
  return (
    `Everything is there and the same. Start the server ${next}; clients load anew once. ` +
    `What is in ${source} was left as it was: keep it until you are content, and start no server on it.\n`
  );
}
