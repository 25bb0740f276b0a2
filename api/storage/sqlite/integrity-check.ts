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

/**
 * Plain JavaScript, since it gets no help with TypeScript from whoever started us. What keeps it from looking (no
 * file handles left, a lock) ends it with its reason, and is no finding.
 */
const program = `
  const [driver, path] = process.argv.slice(1);
  const Libsql = require(driver);
  const isDamage = ({ code }) => code === 'SQLITE_NOTADB' || String(code).startsWith('SQLITE_CORRUPT');
  const findings = [];
  const look = (name, read) => {
    try {
      return read();
    } catch (error) {
      if (!isDamage(error)) throw error;
      findings.push(name + ': ' + (error.message || error.code));
      return [];
    }
  };
  const database = new Libsql(path);
  const tables = look('schema', () => {
    database.exec('PRAGMA query_only = ON; PRAGMA cache_size = -2048');
    return database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0").all();
  });
  for (const { name } of tables) {
    const rows = look(name, () => database.prepare('PRAGMA quick_check("' + name + '")').all());
    findings.push(...rows.map((row) => row.quick_check).filter((found) => found !== 'ok'));
  }
  database.close();
  process.stdout.write(JSON.stringify(findings));
`;

/** How a driver ends that was led astray by what it read. */
const crashes = new Set<NodeJS.Signals>(['SIGSEGV', 'SIGBUS', 'SIGABRT', 'SIGILL', 'SIGFPE']);

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
    const child = spawn(process.execPath, ['-e', program, driver, path], {
      stdio: ['ignore', 'pipe', 'pipe'],
      // It needs none of our secrets, and nothing that is loaded beside us.
      env: {},
    });
    reader = child;
    child.unref();
    const [said, complaints, ended] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close'),
    ]);
    if (child.killed) return;
    const [code, signal] = ended as [number | null, NodeJS.Signals | null];
    if (code === 0) report(findingsIn(said));
    else if (signal !== null && crashes.has(signal)) report([`reading it ended with ${signal}`]);
    // Ended for want of memory, say: that tells nothing of the file.
    else throw new Error(complaints.trim().slice(-500) || `ended by ${signal ?? 'itself'}`);
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
