import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';

const root = join(__dirname, '../..');

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly errors: string;
  readonly lines: readonly string[];
}

/** The server as a program of its own, as `npm start` runs it. */
export interface ServerProcess {
  /** The address, once it listens; rejects when it ends before. */
  readonly ready: Promise<string>;
  readonly ended: Promise<Ended>;
  /** Resolves with the first line of the log that holds this. */
  logged(part: string): Promise<string>;
  kill(signal: NodeJS.Signals): void;
}

/** @param environment nothing else is set, so that the tests do not depend on who runs them. */
export function startServerProcess(
  environment: Readonly<Record<string, string>>,
  workingDirectory: string,
): ServerProcess {
  const child = spawn(process.execPath, [join(root, 'dist/api/main.js')], {
    cwd: workingDirectory,
    env: { PORT: '0', ...environment },
  });
  const lines: string[] = [];
  const listeners = new Set<(line: string) => void>();
  createInterface(child.stdout).on('line', (line) => {
    lines.push(line);
    for (const listener of listeners) listener(line);
  });
  const errors = text(child.stderr);
  const ended = once(child, 'close').then(async ([code, signal]: unknown[]) => ({
    code: typeof code === 'number' ? code : null,
    signal: signal === null ? null : (signal as NodeJS.Signals),
    errors: await errors,
    lines,
  }));

  function logged(part: string): Promise<string> {
    const found = lines.find((line) => line.includes(part));
    if (found !== undefined) return Promise.resolve(found);
    const later = new Promise<string>((resolve) => {
      listeners.add((line) => {
        if (line.includes(part)) resolve(line);
      });
    });
    const never = ended.then(({ code, errors: shown }) => {
      throw new Error(`It ended (${String(code)}) before it logged "${part}": ${shown}`);
    });
    return Promise.race([later, never]);
  }

  const ready = logged('is ready at').then(
    (line) => /"url":"([^"]+)"/.exec(line)?.[1] ?? 'no address',
  );
  // Tests of what cannot start wait for the end instead.
  ready.catch(() => undefined);
  return {
    ready,
    ended,
    logged,
    kill: (signal) => {
      child.kill(signal);
    },
  };
}
