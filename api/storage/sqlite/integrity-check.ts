import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { text } from 'node:stream/consumers';
import type { Log } from '../../log.ts';

/** The thorough check of the file, which takes seconds where there is much in it. */
export interface IntegrityCheck {
  /** What is wrong with the file; null while nothing is known to be. */
  readonly finding: string | null;
  /** Resolves when it has looked at everything, or was stopped. */
  readonly done: Promise<void>;
  stop(): Promise<void>;
}

/** Plain JavaScript, since it gets no help with TypeScript from whoever started us. */
const program = `
  const [driver, path] = process.argv.slice(1);
  const Libsql = require(driver);
  const database = new Libsql(path);
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
  process.stdout.write(JSON.stringify(findings));
`;

/**
 * Reads the whole file in a process of its own, table by table so that the log of the writer can be cut back in
 * between. Not on a thread: the driver takes the whole process with it where a thread is ended while it reads.
 * It starts after `delayMs`, when the server is up.
 */
export function startIntegrityCheck(options: {
  readonly path: string;
  readonly delayMs: number;
  readonly log: Log;
}): IntegrityCheck {
  const { path, delayMs, log } = options;
  let finding: string | null = null;
  let reader: ChildProcess | null = null;
  let isStopped = false;
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

  async function read(): Promise<void> {
    const driver = createRequire(import.meta.url).resolve('libsql');
    const stdio = ['ignore', 'pipe', 'ignore'] as const;
    reader = spawn(process.execPath, ['-e', program, driver, path], { stdio: [...stdio] });
    reader.unref();
    const said = reader.stdout === null ? '' : text(reader.stdout);
    const [code, signal] = (await once(reader, 'close')) as [number | null, string | null];
    if (isStopped) return;
    // Somebody ended it, for want of memory, say: that tells nothing of the file.
    if (code === null) throw new Error(`ended by ${signal ?? 'nobody'}`);
    report(code === 0 ? findingsIn(await said) : ['it could not be checked']);
  }

  const timer = setTimeout(() => {
    // Without a process to read it, the file is as good as it was before.
    read()
      .catch((error: unknown) => {
        log.warn({ err: error, path }, 'database not checked');
      })
      .finally(finish);
  }, delayMs);
  timer.unref();

  return {
    get finding() {
      return finding;
    },
    done,
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      if (reader === null) finish();
      else reader.kill('SIGKILL');
      await done;
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

/** Our own JSON, of the program above. */
function findingsIn(said: string): readonly string[] {
  return JSON.parse(said) as string[];
}
