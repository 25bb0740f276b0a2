import { openStore } from './app.ts';
import { systemClock } from './clock.ts';
import { loadConfig } from './config.ts';
import { StartError } from './errors.ts';
import { createIds } from './ids.ts';
import { createLog } from './log.ts';
import { createMetrics } from './metrics.ts';
import { runJournalCommand } from './webhook/command/run.ts';

/** `npm run journal`: reads the store, or asks the server that has it open. */
const code = runJournalCommand(process.argv.slice(2), {
  config: loadConfig,
  openStore: (config) =>
    openStore(config, {
      clock: systemClock,
      ids: createIds(systemClock),
      log: createLog({ logLevel: 'silent' }),
      metrics: createMetrics(),
      mustExist: true,
    }),
  output: {
    print: (text) => void process.stdout.write(text),
    complain: (text) => void process.stderr.write(text),
    columns: process.stdout.isTTY ? process.stdout.columns : null,
  },
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
