import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { simulatorCredentials, simulatorEnvironment } from '../kit/simulator.ts';
import { createTempDirectory } from '../kit/temp-directory.ts';
import { becomesReady, startServerProcess } from '../simulator/server-process.ts';
import { createSimulator } from '../simulator/simulator.ts';
import type { Simulator } from '../simulator/simulator.ts';
import { createApi } from './soak/api.ts';
import type { Api } from './soak/api.ts';
import { openAppPage } from './soak/app-page.ts';
import { compareFeed, compareInbound, compareOutbound } from './soak/compare.ts';
import { badWeek } from './soak/faults.ts';
import { createFeedFollower } from './soak/feed-follower.ts';
import { freePort } from './soak/free-port.ts';
import { heapMaxMiB } from './soak/heap.ts';
import { isMemoryStable, watchMemory } from './soak/memory.ts';
import { pace } from './soak/pace.ts';
import { invite } from './soak/people.ts';
import { createRandom, pick } from './soak/random.ts';
import { complaintFigures, machine, report, seconds, spread, tally } from './soak/report.ts';
import type { Figure } from './soak/report.ts';
import { createServerLog } from './soak/server-log.ts';
import { readSettings, usage } from './soak/settings.ts';
import type { SoakSettings } from './soak/settings.ts';
import { readStored } from './soak/stored.ts';
import { createTraffic } from './soak/traffic.ts';
import { waitFor } from './soak/wait-for.ts';

// A long run of the whole product under random traffic with faults, and then: is everything there, once?

const root = new URL('../../', import.meta.url);
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
  const people = invite(control, settings.people);
  const followers = Array.from({ length: settings.subscribers }, () =>
    createFeedFollower({ serverUrl: () => serverUrl }),
  );
  // Without READY they would not know where they began.
  await waitFor(() => followers.every(({ figures }) => figures.events > 0));
  const page = settings.hasPage ? await openAppPage(serverUrl) : null;
  const heap = settings.watchesHeap ? ((await page?.watchHeap()) ?? null) : null;
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
  await heap?.stop();
  const heapMiB = heap?.samples.at(-1) ?? 0;

  const stored = await readStored(api);
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
    ...(heapMiB > heapMaxMiB ? [`the app holds ${heapMiB.toFixed(1)} MiB`] : []),
  ];
  await page?.close();
  for (const follower of followers) await follower.stop();

  const figures = followers.map((follower) => follower.figures);
  const webhooks = control.webhooks();
  const refused = control.sends().filter(({ wamid }) => wamid === null).length;
  report([
    machine,
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
    ...(heap === null ? [] : [heapFigure(heap.samples)]),
    ...complaintFigures(log.complaints()),
    ['differences', String(differences.length)],
  ]);
  for (const difference of differences.slice(0, 40)) process.stdout.write(`  ${difference}\n`);
  return differences.length === 0 ? 0 : 1;
}

/** In the order of time: whether it grows is seen from them all. */
function heapFigure(samples: readonly number[]): Figure {
  return ['memory of the app, MiB', samples.map((mib) => mib.toFixed(1)).join(', ')];
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
  const { chats } = await readStored(api);
  return [...chats.values()]
    .flat()
    .some(({ status }) => status === 'QUEUED' || status === 'SENDING');
}

function build(): void {
  const tool = fileURLToPath(new URL('tools/build-if-stale.mjs', root));
  const { status } = spawnSync(process.execPath, [tool], { stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}

process.exitCode = await main();
