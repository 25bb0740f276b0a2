import { spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { simulatorCredentials, simulatorEnvironment } from '../kit/simulator.ts';
import { createTempDirectory } from '../kit/temp-directory.ts';
import type { Timing } from '../simulator/options.ts';
import { becomesReady, startServerProcess } from '../simulator/server-process.ts';
import { createSimulator } from '../simulator/simulator.ts';
import type { Simulator } from '../simulator/simulator.ts';
import { createApi } from './soak/api.ts';
import type { Api } from './soak/api.ts';
import { openAppPage } from './soak/app-page.ts';
import { compareFeed, compareInbound, compareOutbound } from './soak/compare.ts';
import type { Stored } from './soak/compare.ts';
import { badWeek } from './soak/faults.ts';
import { createFeedFollower } from './soak/feed-follower.ts';
import { isMemoryStable, watchMemory } from './soak/memory.ts';
import { createRandom, pick } from './soak/random.ts';
import { createServerLog } from './soak/server-log.ts';
import { readSettings, usage } from './soak/settings.ts';
import type { SoakSettings } from './soak/settings.ts';
import { createTraffic } from './soak/traffic.ts';

// A long run of the whole product under random traffic with faults, and then: is everything there, once?

const root = new URL('../../', import.meta.url);
// As on a good network; what is bad about it are the faults.
const pace: Partial<Timing> = {
  answerMs: [5, 40],
  sentMs: [20, 200],
  deliveredMs: [50, 400],
  readMs: [100, 1_000],
  retryFirstMs: 200,
  retryMaxMs: 5_000,
};
// A send of which nobody knows takes 15 s, and retries may follow.
const settleWithinMs = 120_000;

async function main(): Promise<number> {
  const settings = readSettings(process.argv.slice(2));
  if (settings === null) {
    process.stderr.write(`${usage}\n`);
    return 2;
  }
  if (!settings.isFromSource) build();
  const directory = await createTempDirectory();
  const port = await freePort();
  const simulator = createSoakSimulator(settings, port);
  const { url } = await simulator.start();
  const log = createServerLog();
  const server = startServerProcess({
    entry: fileURLToPath(new URL(settings.isFromSource ? 'api/main.ts' : 'dist/api/main.js', root)),
    environment: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      ...simulatorEnvironment(url),
      PORT: String(port),
      DATA_DIR: directory.path,
      LOG_LEVEL: 'info',
    },
    onOutput: (text) => {
      log.take(text);
    },
  });
  try {
    const serverUrl = `http://localhost:${port}`;
    if (!(await becomesReady(server, serverUrl))) {
      report([['the server did not start', JSON.stringify(log.complaints())]]);
      return 1;
    }
    return await soak({ settings, simulator, serverUrl, pid: server.pid, log });
  } finally {
    await server.stop();
    await simulator.stop();
    await directory.remove();
  }
}

interface Run {
  readonly settings: SoakSettings;
  readonly simulator: Simulator;
  readonly serverUrl: string;
  readonly pid: number;
  readonly log: ReturnType<typeof createServerLog>;
}

async function soak({ settings, simulator, serverUrl, pid, log }: Run): Promise<number> {
  const { control } = simulator;
  const api = createApi(serverUrl);
  const random = createRandom(settings.seed);
  const people = invite(simulator, settings.people);
  const followers = Array.from({ length: settings.subscribers }, () =>
    createFeedFollower({ serverUrl }),
  );
  // Without READY they would not know where they began.
  await waitFor(() => followers.every(({ figures }) => figures.events > 0));
  const page = settings.hasPage ? await openAppPage(serverUrl) : null;
  const memory = watchMemory(pid);
  if (settings.hasFaults) for (const fault of badWeek) control.faults.add(fault);
  const { rate } = settings;
  const onMishap = () => {
    pick(random, followers)?.breakConnection();
  };
  const traffic = createTraffic({ control, api, random, rate, people, onMishap });

  const startedAt = performance.now();
  await traffic.run(settings.seconds * 1_000);
  control.faults.reset();
  const endedAt = performance.now();
  await quiet(simulator, api);
  const settledAt = performance.now();
  memory.stop();

  const stored = await readStore(api);
  await waitFor(() => followers.every((one) => compareFeed(one, stored).length === 0), 15_000);
  const differences = [
    ...traffic.figures.refusals.map((reason) => `refused: ${reason}`),
    ...compareInbound(control, stored),
    ...compareOutbound(control, stored, traffic.sent),
    ...followers.flatMap((follower) => compareFeed(follower, stored)),
    ...((await page?.differences(stored.conversations)) ?? []),
    ...log
      .complaints()
      .filter(({ level }) => level === 'error')
      .map(({ message, times, example }) => `log: ${message} (${times} times) ${example}`),
    ...(isMemoryStable(memory.samples) === false ? ['the memory of the server grows'] : []),
  ];
  await page?.close();
  for (const follower of followers) await follower.stop();

  const figures = followers.map((follower) => follower.figures);
  const webhooks = control.webhooks();
  const refused = control.sends().filter(({ wamid }) => wamid === null).length;
  const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;
  report([
    ['machine', `${cpus().length} × ${cpus()[0]?.model ?? '?'}, Node ${process.versions.node}`],
    ['seed', String(settings.seed)],
    [
      'traffic',
      `${seconds(endedAt - startedAt)}, then ${seconds(settledAt - endedAt)} until quiet`,
    ],
    ['written by customers', String(traffic.figures.written)],
    ['sent by the business', String(traffic.figures.sent)],
    ['marked read', String(traffic.figures.readMarks)],
    ['calls to the API of WhatsApp', `${control.sends().length}, ${refused} refused`],
    ['webhooks accepted', `${webhooks.delivered}, ${webhooks.duplicated} on purpose twice`],
    ['webhook attempts in vain', String(webhooks.failed)],
    ['final statuses', tally([...stored.chats.values()].flat().map(({ status }) => status))],
    ['feed events per client', figures.map(({ events }) => events).join(', ')],
    ['feed connections per client', figures.map(({ connections }) => connections).join(', ')],
    ['memory of the server, MiB', spread(memory.samples)],
    ...log
      .complaints()
      .map(({ level, message, times }): [string, string] => [
        `log: ${level}`,
        `${times} × ${message}`,
      ]),
    ['differences', String(differences.length)],
  ]);
  for (const difference of differences.slice(0, 40)) process.stdout.write(`  ${difference}\n`);
  return differences.length === 0 ? 0 : 1;
}

function createSoakSimulator({ seed }: SoakSettings, port: number): Simulator {
  const { token, appSecret, phoneNumberId: id, businessNumber: display } = simulatorCredentials;
  return createSimulator({
    port: 0,
    token,
    appSecret,
    webhookUrl: `http://127.0.0.1:${port}/plugins/whatsapp/webhook`,
    phoneNumbers: [{ id, display }],
    timing: pace,
    random: createRandom(seed + 1),
  });
}

/** Customers with names of their own, so that rows can be told apart. */
function invite({ control }: Simulator, count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const phoneNumber = `44770090${String(index + 1).padStart(4, '0')}`;
    const name = `Person ${String(index + 1).padStart(4, '0')}`;
    return control.addCustomer({ phoneNumber, name, isOnWhatsApp: true }).id;
  });
}

/** Nothing is under way any more, on either side. */
async function quiet({ control }: Simulator, api: Api): Promise<void> {
  const until = performance.now() + settleWithinMs;
  for (let isQuiet = false; !isQuiet && performance.now() < until;) {
    await control.settled({ ms: settleWithinMs });
    isQuiet = (await api.outboxDepth()) === 0 && !(await hasUnfinished(api));
    if (!isQuiet) await new Promise((resolve) => setTimeout(resolve, 500));
  }
  await control.settled({ ms: settleWithinMs });
}

async function hasUnfinished(api: Api): Promise<boolean> {
  const { chats } = await readStore(api);
  return [...chats.values()]
    .flat()
    .some(({ status }) => status === 'QUEUED' || status === 'SENDING');
}

async function readStore(api: Api): Promise<Stored> {
  const conversations = await api.conversations();
  const chats = new Map<string, Awaited<ReturnType<Api['messages']>>>();
  for (const { id } of conversations) chats.set(id, await api.messages(id));
  return { conversations, chats };
}

async function waitFor(holds: () => boolean, withinMs = 10_000): Promise<void> {
  const until = performance.now() + withinMs;
  while (!holds() && performance.now() < until)
    await new Promise((resolve) => setTimeout(resolve, 50));
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => {
        resolve(port);
      });
    });
  });
}

function build(): void {
  const tool = fileURLToPath(new URL('tools/build-if-stale.mjs', root));
  const { status } = spawnSync(process.execPath, [tool], { stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}

function tally(values: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].map(([value, count]) => `${count} ${value}`).join(', ');
}

function spread(samples: readonly number[]): string {
  if (samples.length === 0) return 'not measured';
  const [first = 0] = samples;
  const last = samples.at(-1) ?? 0;
  const rounded = [first, Math.max(...samples), last].map((each) => each.toFixed(0));
  return `${rounded[0] ?? ''} at first, ${rounded[1] ?? ''} at most, ${rounded[2] ?? ''} at the end`;
}

function report(rows: readonly (readonly [name: string, value: string])[]): void {
  const width = Math.max(...rows.map(([name]) => name.length));
  const lines = rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`);
  process.stdout.write(`\n${lines.join('\n')}\n\n`);
}

process.exitCode = await main();
