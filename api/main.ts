import { createApp } from './app.ts';
import type { App } from './app.ts';
import { secondMs } from './clock.ts';
import { loadConfig } from './config.ts';
import type { Config } from './config.ts';
import { StartError } from './errors.ts';
import { createLog } from './log.ts';
import type { Log } from './log.ts';

// Ctrl-C ends the program by then, whatever still runs.
const stopWithinMs = 10 * secondMs;

/** Environment → settings → application; signals end it. */
async function main(): Promise<void> {
  const config = loadConfig();
  const log = createLog(config);
  const app = createApp(config, { log });
  stopOnSignals(app, log);
  process.on('unhandledRejection', (reason) => {
    log.fatal({ err: reason }, 'something failed that nobody waited for');
    process.exit(1);
  });
  const { url } = await app.start();
  announce(config, log, url);
}

function announce(config: Config, log: Log, url: string): void {
  const { missingSettings } = config.whatsapp;
  for (const warning of config.warnings) log.warn(warning);
  if (missingSettings.length > 0)
    log.warn(
      { missingSettings },
      'amber: nothing can be sent or received until these settings are made; everything stored is readable',
    );
  log.info({ url }, `WhatsApp Inbox is ready at ${config.http.publicUrl ?? url}`);
}

function stopOnSignals(app: App, log: Log): void {
  let isStopping = false;
  const stop = (signal: NodeJS.Signals) => {
    if (isStopping) {
      log.warn({ signal }, 'stopped at once');
      process.exit(1);
    }
    isStopping = true;
    log.info({ signal }, 'stopping: running requests are finished first');
    setTimeout(() => {
      log.warn('stopped with requests still running');
      process.exit(1);
    }, stopWithinMs).unref();
    app.stop().then(
      () => {
        log.info('stopped');
        process.exit(0);
      },
      (error: unknown) => {
        log.fatal({ err: error }, 'could not be stopped cleanly');
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

main().catch((error: unknown) => {
  const isForPeople = error instanceof StartError;
  const shown = isForPeople ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`WhatsApp Inbox cannot start.\n${shown ?? ''}\n`);
  process.exit(1);
});
