import { setTimeout as pause } from 'node:timers/promises';
import { startFaultProxy } from '../../kit/fault-proxy.ts';
import type { FaultProxy } from '../../kit/fault-proxy.ts';
import { withHost } from '../../kit/mongo/mongo-store.ts';
import { becomesReady, startServerProcess } from '../../simulator/server-process.ts';
import type { ServerProcess } from '../../simulator/server-process.ts';
import { freePort } from '../soak/free-port.ts';
import { createServerLog } from '../soak/server-log.ts';
import type { ServerLog } from '../soak/server-log.ts';

/** One server process of several, with a way of its own to the database, on which bad things happen. */
export interface Instance {
  readonly url: string;
  readonly proxy: FaultProxy;
  readonly log: ServerLog;
  /** Milliseconds from each start to the first answer. */
  readonly starts: readonly number[];
  /** Resolves when it answers. One that cannot start is started again, as a supervisor does. */
  start(): Promise<void>;
  /** Ends it from one moment to the next, as a power cut does. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

export interface InstanceOptions {
  /** Of the database. */
  readonly uri: string;
  /** The file of the server's program. */
  readonly entry: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const startAgainAfterMs = 500;

export async function createInstance(options: InstanceOptions): Promise<Instance> {
  const { hostname, port: databasePort } = new URL(options.uri);
  const proxy = await startFaultProxy({ host: hostname, port: Number(databasePort) });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const log = createServerLog();
  const starts: number[] = [];
  let server: ServerProcess | null = null;
  let isStopped = false;

  function run(): ServerProcess {
    return startServerProcess({
      entry: options.entry,
      environment: {
        PATH: process.env['PATH'],
        NODE_ENV: 'production',
        ...options.environment,
        PORT: String(port),
        MONGODB_URI: withHost(options.uri, `127.0.0.1:${proxy.port}`),
        LOG_LEVEL: 'warn',
      },
      onOutput: (text) => {
        log.take(text);
      },
    });
  }

  return {
    url,
    proxy,
    log,
    starts,
    async start() {
      const startedAt = performance.now();
      while (!isStopped) {
        server = run();
        if (await becomesReady(server, url)) {
          starts.push(performance.now() - startedAt);
          return;
        }
        await pause(startAgainAfterMs);
      }
    },
    async kill() {
      if (server === null) return;
      process.kill(server.pid, 'SIGKILL');
      await server.exited;
    },
    async stop() {
      isStopped = true;
      await server?.stop();
      await proxy.close();
    },
  };
}
