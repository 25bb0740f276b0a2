import { openTransfer } from './app.ts';
import { systemClock } from './clock.ts';
import { loadStorePlaces } from './config.ts';
import { StartError } from './errors.ts';
import { createIds } from './ids.ts';
import { createLog } from './log.ts';
import { runMigrateCommand } from './migration/run.ts';

const interruption = new AbortController();
// The first Ctrl-C ends it in order, the next one at once, which does no harm either.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    interruption.abort();
  });
}

/** `npm run migrate`: copies everything from one store to the other. */
const code = runMigrateCommand(process.argv.slice(2), {
  open: (side, as) =>
    openTransfer(side, {
      ...as,
      places: loadStorePlaces(),
      clock: systemClock,
      ids: createIds(systemClock),
      log: createLog({ logLevel: 'error' }),
    }),
  clock: systemClock,
  signal: interruption.signal,
  print: (text) => void process.stdout.write(text),
  complain: (text) => void process.stderr.write(text),
});

code.then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    const isForPeople = error instanceof StartError;
    const shown = isForPeople || !(error instanceof Error) ? String(error) : error.stack;
    process.stderr.write(`${isForPeople ? error.message : (shown ?? '')}\n`);
    process.exitCode = 1;
  },
);
