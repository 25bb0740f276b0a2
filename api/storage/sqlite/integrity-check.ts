import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import type { Log } from '../../log.ts';

/** The thorough check of the file, which takes seconds where there is much in it. */
export interface IntegrityCheck {
  /** What is wrong with the file; null while nothing is known to be. */
  readonly finding: string | null;
  /** Resolves when it has looked at everything, or was stopped. */
  readonly done: Promise<void>;
  stop(): Promise<void>;
}

/** Plain JavaScript, since a worker gets no help with TypeScript from whoever started us. */
const workerSource = `
  const { parentPort, workerData } = require('node:worker_threads');
  const Libsql = require(workerData.driver);
  const database = new Libsql(workerData.path);
  database.exec('PRAGMA query_only = ON; PRAGMA cache_size = -2048');
  const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0").all();
  const findings = [];
  for (const { name } of tables) {
    try {
      for (const row of database.prepare('PRAGMA quick_check("' + name + '")').all()) {
        if (row.quick_check !== 'ok') findings.push(row.quick_check);
      }
    } catch (error) {
      findings.push(name + ': ' + (error.message || error.code));
    }
  }
  database.close();
  parentPort.postMessage(findings);
`;

/**
 * Reads the whole file on a thread and a connection of its own, table by table so that the log of
 * the writer can be cut back in between. It starts after `delayMs`, when the server is up.
 */
export function startIntegrityCheck(options: {
  readonly path: string;
  readonly delayMs: number;
  readonly log: Log;
}): IntegrityCheck {
  const { path, delayMs, log } = options;
  let finding: string | null = null;
  let worker: Worker | null = null;
  const { promise: done, resolve: finish } = deferred();

  function report(findings: readonly string[]): void {
    const [first] = findings;
    if (first === undefined) {
      log.debug({ path }, 'database checked');
      return;
    }
    finding = `${path} is damaged (${first}). Stop the server and restore the directory from a backup.`;
    log.error({ path, findings: findings.slice(0, 10) }, 'database damaged');
  }

  const timer = setTimeout(() => {
    const driver = createRequire(import.meta.url).resolve('libsql');
    worker = new Worker(workerSource, { eval: true, workerData: { driver, path }, execArgv: [] });
    worker.unref();
    worker.on('message', report);
    // The driver's errors lose their message on the way out of a thread.
    worker.on('error', (error) => {
      report([error.message === '' ? 'it could not be checked' : error.message]);
    });
    worker.on('exit', finish);
  }, delayMs);
  timer.unref();

  return {
    get finding() {
      return finding;
    },
    done,
    async stop() {
      clearTimeout(timer);
      await worker?.terminate();
      finish();
    },
  };
}

function deferred(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
