import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { join } from 'node:path';
import { createTempDirectory } from '../kit/temp-directory.ts';
import type { TempDirectory } from '../kit/temp-directory.ts';
import { workshop } from './demo/chats.ts';
import { createInbox } from './demo/inbox.ts';
import { startServerProcess } from './server-process.ts';
import type { ServerProcess } from './server-process.ts';

// Two processes, several times.
jest.setTimeout(60_000);

interface Demo {
  readonly process: ServerProcess;
  output(): string;
  /** Resolves when the text was printed; rejects when it ended without. */
  says(text: string): Promise<void>;
}

function startDemo(environment: Record<string, string>): Demo {
  let output = '';
  let wake: () => void = () => undefined;
  const started = startServerProcess({
    entry: join(import.meta.dirname, '../../dist/test/simulator/demo.js'),
    environment: { PATH: process.env['PATH'], ...environment },
    onOutput(text) {
      output += text;
      wake();
    },
  });
  return {
    process: started,
    output: () => output,
    async says(text) {
      const ended = started.exited.then(() => 'ended');
      while (!output.includes(text)) {
        const heard = new Promise<string>((resolve) => {
          wake = () => {
            resolve('heard');
          };
        });
        if ((await Promise.race([heard, ended])) === 'ended' && !output.includes(text))
          throw new Error(`the demo ended with: ${output}`);
      }
    },
  };
}

function listen(port = 0): Promise<{ server: Server; port: number }> {
  return new Promise((resolve) => {
    const server = createServer().listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve({ server, port: typeof address === 'object' && address ? address.port : 0 });
    });
  });
}

async function freePorts(): Promise<{ PORT: string; SIMULATOR_PORT: string }> {
  const [one, other] = [await listen(), await listen()];
  one.server.close();
  other.server.close();
  return { PORT: String(one.port), SIMULATOR_PORT: String(other.port) };
}

let directory: TempDirectory;
let ports: { PORT: string; SIMULATOR_PORT: string };

beforeEach(async () => {
  directory = await createTempDirectory();
  ports = await freePorts();
});
afterEach(() => directory.remove());

describe('npm run demo', () => {
  it('starts with people and their past, ends cleanly, and goes on where it was', async () => {
    const environment = { ...ports, DATA_DIR: directory.path };
    const first = startDemo(environment);
    await first.says('Ctrl-C stops it');
    expect(first.output()).toContain(`http://localhost:${ports.PORT}`);
    expect(first.output()).toContain(`http://localhost:${ports.SIMULATOR_PORT}`);
    const inbox = createInbox(`http://localhost:${ports.PORT}`);
    const before = await inbox.conversations();
    expect(before).toHaveLength(workshop.length);
    await first.process.stop();
    expect(await first.process.exited).toBe(0);

    const second = startDemo(environment);
    await second.says('Ctrl-C stops it');
    expect(second.output()).not.toContain('Setting the scene');
    const ids = (await inbox.conversations()).map(({ id }) => id);
    expect(ids.sort()).toEqual(before.map(({ id }) => id).sort());
    const overview = await fetch(`http://localhost:${ports.SIMULATOR_PORT}/control/overview`);
    expect(await overview.text()).toContain('Amara Okafor');
    await second.process.stop();
    expect(await second.process.exited).toBe(0);
  });

  it('says which port is taken', async () => {
    const taken = await listen();
    const demo = startDemo({
      ...{ PORT: ports.PORT, SIMULATOR_PORT: String(taken.port) },
      DATA_DIR: directory.path,
    });
    expect(await demo.process.exited).toBe(1);
    expect(demo.output()).toContain(`Port ${taken.port} is in use`);
    taken.server.close();
  });

  it('ends when the server cannot start, with its reason', async () => {
    const taken = await listen();
    const demo = startDemo({
      ...{ PORT: String(taken.port), SIMULATOR_PORT: ports.SIMULATOR_PORT },
      DATA_DIR: directory.path,
    });
    expect(await demo.process.exited).toBe(1);
    expect(demo.output()).toMatch(new RegExp(`port.*${taken.port}`, 'i'));
    taken.server.close();
  });

  it('knows its arguments', async () => {
    const demo = startDemo({ ...ports, PORT: 'eighty', DATA_DIR: directory.path });
    expect(await demo.process.exited).toBe(1);
    expect(demo.output()).toContain('PORT has to be a number');
  });
});
