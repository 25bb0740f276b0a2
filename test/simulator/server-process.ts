import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';

export interface ServerProcess {
  readonly pid: number;
  /** The exit code; null: ended by a signal. */
  readonly exited: Promise<number | null>;
  /** Asks it to end, and insists after the time that it may take. Safe twice. */
  stop(): Promise<void>;
}

export interface ServerProcessOptions {
  /** The compiled or the source file of the server. */
  readonly entry: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where its lines go; absent: where ours go. */
  readonly onOutput?: (text: string) => void;
}

const pollMs = 50;
// The server ends itself after 10 s.
const stopWithinMs = 12_000;

/** The real server as a process of its own. */
export function startServerProcess(options: ServerProcessOptions): ServerProcess {
  const { entry, environment, onOutput } = options;
  const loader = entry.endsWith('.ts') ? ['--import', 'tsx'] : [];
  const child = spawn(process.execPath, [...loader, entry], {
    env: environment,
    stdio: ['ignore', onOutput ? 'pipe' : 'inherit', onOutput ? 'pipe' : 'inherit'],
    // Ctrl-C reaches us alone; the server is ended by us, once, and before what it talks to.
    detached: true,
  });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  child.stdout?.setEncoding('utf8').on('data', (text: string) => onOutput?.(text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => onOutput?.(text));
  const exited = new Promise<number | null>((resolve) => {
    child.once('error', () => {
      resolve(1);
    });
    child.once('close', (code) => {
      process.off('exit', kill);
      resolve(code);
    });
  });
  return {
    pid: child.pid ?? 0,
    exited,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      const insist = setTimeout(kill, stopWithinMs);
      await exited;
      clearTimeout(insist);
    },
  };
}

/** Resolves once the server answers; false when it ended instead. */
export async function becomesReady(server: ServerProcess, url: string): Promise<boolean> {
  const ended = server.exited.then(() => 'ended' as const);
  for (;;) {
    if (await answers(`${url}/plugins/whatsapp/health`)) return true;
    if ((await Promise.race([ended, delay(pollMs, 'running' as const)])) === 'ended') return false;
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    // Not listening yet.
    return false;
  }
}
