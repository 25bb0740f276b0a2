import { setTimeout as pause } from 'node:timers/promises';
import { simulatorCredentials, simulatorEnvironment } from '../../kit/simulator.ts';
import { createSimulator } from '../../simulator/simulator.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { compareFeed, compareInbound, compareOutbound } from '../soak/compare.ts';
import type { Differences } from '../soak/compare.ts';
import { badWeek } from '../soak/faults.ts';
import { createFeedFollower } from '../soak/feed-follower.ts';
import type { FeedFollower } from '../soak/feed-follower.ts';
import { pace } from '../soak/pace.ts';
import { invite } from '../soak/people.ts';
import { createRandom, pick } from '../soak/random.ts';
import { readStored } from '../soak/stored.ts';
import { createTraffic } from '../soak/traffic.ts';
import { waitFor } from '../soak/wait-for.ts';
import { compareOrder, compareSequences, compareUnread } from './compare.ts';
import { viewDatabase } from './database.ts';
import type { DatabaseView } from './database.ts';
import { createEitherApi } from './either-api.ts';
import type { EitherApi } from './either-api.ts';
import { figuresOf } from './figures.ts';
import type { Figure } from '../soak/report.ts';
import { createInstance } from './instance.ts';
import type { Instance } from './instance.ts';
import { letHappen, planMishaps } from './mishaps.ts';
import type { InstancesSettings } from './settings.ts';

export interface RunOptions {
  readonly settings: InstancesSettings;
  /** Of a database of its own, which is dropped. */
  readonly uri: string;
  /** The file of the server's program. */
  readonly entry: string;
}

export interface RunResult {
  readonly figures: readonly Figure[];
  /** What is not as it should be; empty where all is well. */
  readonly differences: Differences;
}

const instanceCount = 2;
// A send makes three webhooks besides itself: sent, delivered, read.
const shareOfSends = 0.1;
const webhooksPerMessage = 1 - shareOfSends + 3 * shareOfSends;
// Every third person's chat is left unread.
const leftUnreadEvery = 3;
// A send of which nobody knows takes 15 s, a lease 30 s, and retries may follow; and what was offered faster than
// two instances and their database can take on one small machine is still to be taken.
const settleWithinMs = 600_000;
const catchUpWithinMs = 60_000;

/** Two processes on one database under traffic, killed and cut off again and again; then: is everything there, once? */
export async function runInstances({ settings, uri, entry }: RunOptions): Promise<RunResult> {
  const simulator = createTalkativeSimulator(settings);
  const { url } = await simulator.start();
  const database = viewDatabase(uri);
  const instances: Instance[] = [];
  try {
    for (let index = 0; index < instanceCount; index += 1)
      instances.push(await createInstance({ uri, entry, environment: simulatorEnvironment(url) }));
    // At once, as a deployment does: both make what the database needs.
    await Promise.all(instances.map((instance) => instance.start()));
    return await proveThem({ settings, simulator, database, instances });
  } finally {
    await Promise.all(instances.map((instance) => instance.stop()));
    await simulator.stop();
    await database.drop();
    await database.close();
  }
}

interface World {
  readonly settings: InstancesSettings;
  readonly simulator: Simulator;
  readonly database: DatabaseView;
  readonly instances: readonly Instance[];
}

async function proveThem({ settings, simulator, database, instances }: World): Promise<RunResult> {
  const { control } = simulator;
  const urls = instances.map((instance) => instance.url);
  const webhookUrls = urls.map((url) => `${url}/plugins/whatsapp/webhook`);
  control.pointWebhooksAt(webhookUrls[0] ?? '', ...webhookUrls.slice(1));
  const random = createRandom(settings.seed);
  const people = invite(control, settings.people);
  const leftUnread = new Set(people.filter((_, index) => index % leftUnreadEvery === 0));
  const api = createEitherApi({ urls, random: createRandom(settings.seed + 2), leftUnread });
  const followers = await startFollowers(settings, urls);
  const mishaps = planMishaps({ ...settings, instances: instances.length }, random);
  if (settings.hasFaults) for (const fault of badWeek) control.faults.add(fault);
  const traffic = createTraffic({
    ...{ control, api, random, people, shareOfSends },
    rate: settings.rate / webhooksPerMessage,
    onMishap() {
      pick(random, followers)?.breakConnection();
    },
  });

  const startedAt = performance.now();
  const happening = letHappen(mishaps, instances);
  await traffic.run(settings.seconds * 1_000);
  control.faults.reset();
  const deliveredInTime = control.webhooks().delivered;
  const trafficMs = performance.now() - startedAt;
  await happening;
  const isQuiet = await becomesQuiet(simulator, api, database);
  const settledMs = performance.now() - startedAt - trafficMs;
  const hasCaughtUp = await catchUp(followers);

  const stored = await readStored(api);
  const differences = [
    ...(isQuiet ? [] : ['it did not become quiet']),
    ...(hasCaughtUp ? [] : ['the subscribers did not catch up']),
    ...traffic.figures.refusals.map((reason) => `refused: ${reason}`),
    ...api.disagreements.map((pair) => `one key, two answers: ${pair}`),
    ...compareInbound(control, stored),
    ...compareOutbound(control, stored, traffic.sent),
    ...compareOrder(control, api.lines),
    ...compareUnread(control, stored, leftUnread),
    ...compareSequences(followers),
    ...followers.flatMap((follower) => compareFeed(follower, stored)),
    ...(await database.leftovers()),
    ...instances.flatMap(surprises),
  ];
  for (const follower of followers) await follower.stop();
  const timing = { trafficMs, settledMs, deliveredInTime };
  const figures = figuresOf({
    ...{ settings, control, traffic, api, instances, followers, mishaps, stored, timing },
  });
  return { figures, differences };
}

/** What no fault explains: a store that is away is told otherwise. */
function surprises({ log }: Instance): Differences {
  return log
    .complaints()
    .filter(({ message }) => message === 'an operation failed unexpectedly')
    .map(({ message, times, example }) => `log: ${message} (${times} times) ${example}`);
}

function createTalkativeSimulator({ seed }: InstancesSettings): Simulator {
  const { token, appSecret, phoneNumberId: id, businessNumber: display } = simulatorCredentials;
  return createSimulator({
    ...{ port: 0, token, appSecret, webhookUrl: null, timing: pace },
    phoneNumbers: [{ id, display }],
    random: createRandom(seed + 1),
  });
}

/** Each comes back to the other instance than it was at. */
async function startFollowers(
  { subscribers }: InstancesSettings,
  urls: readonly string[],
): Promise<FeedFollower[]> {
  const followers = Array.from({ length: subscribers }, (_, index) => {
    let turns = index;
    return createFeedFollower({ serverUrl: () => urls[turns++ % urls.length] ?? '' });
  });
  // Without READY they would not know where they began.
  await waitFor(() => followers.every(({ figures }) => figures.events > 0));
  return followers;
}

/** Nothing is under way any more, on either side. */
function becomesQuiet(
  { control }: Simulator,
  api: EitherApi,
  database: DatabaseView,
): Promise<boolean> {
  const isQuiet = async () => {
    await control.settled({ ms: settleWithinMs });
    if ((await database.pending()) > 0 || (await api.outboxDepth()) > 0) return false;
    // What was sent last may have told something meanwhile.
    await pause(1_000);
    const { pending } = control.webhooks();
    const isAtRest = (await database.busyLines()) === 0;
    return isAtRest && pending === 0 && (await database.pending()) === 0;
  };
  return waitFor(isQuiet, settleWithinMs, 500);
}

/** Nobody has heard anything new for a while, and all have heard the same number. */
async function catchUp(followers: readonly FeedFollower[]): Promise<boolean> {
  const lengths = () => followers.map(({ sequence }) => sequence.length);
  let before: readonly number[] = [];
  const isStill = () => {
    const now = lengths();
    const isSame = now.every((length, index) => length === before[index]);
    before = now;
    return isSame && new Set(now).size === 1;
  };
  return waitFor(isStill, catchUpWithinMs, 2_000);
}
