import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { workshop } from './demo/chats.ts';
import { createInbox } from './demo/inbox.ts';
import { stateFileIn } from './demo/lay-past.ts';
import { sceneOf } from './demo/scenes.ts';
import { setScene } from './demo/set-scene.ts';
import type { LaidScene } from './demo/set-scene.ts';
import { demoCredentials, readSettings, serverEnvironment } from './demo/settings.ts';
import type { DemoSettings } from './demo/settings.ts';
import type { Timing } from './options.ts';
import { becomesReady, startServerProcess } from './server-process.ts';
import type { ServerProcess } from './server-process.ts';
import { createSimulator } from './simulator.ts';
import type { Simulator } from './simulator.ts';

// The pace of people and of a mobile network.
const timing: Partial<Timing> = {
  answerMs: [40, 120],
  sentMs: [200, 500],
  deliveredMs: [400, 1_000],
  readMs: [900, 2_200],
  answeringMs: [1_000, 3_000],
  retryFirstMs: 500,
  retryMaxMs: 3_000,
};

// The server lies beside us, compiled or not.
const isCompiled = import.meta.url.endsWith('.js');
const serverEntry = fileURLToPath(
  new URL(isCompiled ? '../../api/main.js' : '../../api/main.ts', import.meta.url),
);

const clock = { now: () => Date.now() };

const businessNumber = {
  id: demoCredentials.phoneNumberId,
  display: demoCredentials.businessNumber,
};

async function main(): Promise<number> {
  const settings = readSettings(process.env, process.argv.slice(2));
  if ('problem' in settings) return fail(settings.problem);
  const laid = await setScene({
    ...{ directory: settings.dataDirectory, name: settings.scene, scene: sceneOf(settings.scene) },
    business: businessNumber,
    print: (text) => void process.stdout.write(text),
  });
  if ('problem' in laid) return fail(laid.problem);
  const simulator = createDemoSimulator(settings);
  const problem = await startProblem(simulator, settings);
  if (problem !== null) return fail(problem);
  for (const fault of sceneOf(settings.scene).faults ?? []) simulator.control.faults.add(fault);
  const server = startServerProcess({
    entry: serverEntry,
    environment: serverEnvironment(process.env, settings, demoCredentials),
  });
  const isStopping = stopOnSignals(server);
  let failure = 0;
  try {
    if (await becomesReady(server, urlOf(settings.port))) {
      await play(simulator, settings, laid);
      process.stdout.write(banner(settings));
    }
  } catch (error) {
    // A signal in the middle of the first scene breaks it off.
    if (!isStopping()) failure = fail(String(error));
    await server.stop();
  }
  const code = await server.exited;
  await simulator.stop();
  if (code === null && !isStopping()) process.stderr.write(endedFromOutside);
  return isStopping() ? 0 : failure || (code ?? 1);
}

function createDemoSimulator(settings: DemoSettings): Simulator {
  mkdirSync(settings.dataDirectory, { recursive: true });
  return createSimulator({
    port: settings.simulatorPort,
    token: demoCredentials.token,
    appSecret: demoCredentials.appSecret,
    webhookUrl: `${urlOf(settings.port)}/plugins/whatsapp/webhook`,
    phoneNumbers: [businessNumber],
    timing,
    strangersAnswerAs: 'en',
    stateFile: stateFileIn(settings.dataDirectory),
  });
}

/** Starts the simulator; what stands in the way, in words. */
async function startProblem(simulator: Simulator, settings: DemoSettings) {
  try {
    await simulator.start();
    return null;
  } catch (error) {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    if (!isTaken) throw error;
    return `Port ${settings.simulatorPort} is in use, and the simulator needs it. Stop what uses it (another demo?), or set SIMULATOR_PORT.`;
  }
}

/** The first time, people come with their past. */
async function play(simulator: Simulator, settings: DemoSettings, laid: LaidScene): Promise<void> {
  const { control } = simulator;
  const inbox = createInbox(urlOf(settings.port));
  const scene = sceneOf(settings.scene);
  if (!laid.isFirst) return;
  if (scene.past === undefined) {
    if ((await inbox.conversations()).length > 0) {
      // Without the file of the phones at least their owners are there.
      if (settings.scene === 'workshop' && control.customers().length === 0)
        for (const { person } of workshop) control.addCustomer(person);
      return;
    }
    // The store was emptied by hand: the phones forget, too.
    control.forgetEverything();
    process.stdout.write('Setting the scene …\n');
  }
  await scene.play?.({ control, inbox, clock });
}

function stopOnSignals(server: ServerProcess): () => boolean {
  let isStopping = false;
  const stop = () => {
    if (isStopping) return;
    isStopping = true;
    process.stdout.write('\nStopping …\n');
    void server.stop();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  return () => isStopping;
}

function urlOf(port: number): string {
  return `http://localhost:${port}`;
}

function banner({ dataDirectory, port, scene, simulatorPort }: DemoSettings): string {
  const { hint, isLaidAnew = false } = sceneOf(scene);
  return `
  WhatsApp Inbox is ready, with a simulator as WhatsApp

    The inbox        ${urlOf(port)}     what your team sees
    The customers    ${urlOf(simulatorPort)}     their phones: write as one of them, or make things fail

  ${hint ?? everyday}
  ${isLaidAnew ? 'Ctrl-C stops it.' : `Everything is kept in ${dataDirectory}. Ctrl-C stops it; start it again, and it goes on.`}

`;
}

const everyday = `Write to anybody, with "+ New Chat" to any number: they answer after a moment.
  A number that ends in 0000 is not on WhatsApp, so that you can see a message fail.`;

const endedFromOutside =
  'The server was ended from outside, and so is the demo. Start it again: everything is still there.\n';

function fail(problem: string): number {
  process.stderr.write(`The demo cannot start.\n${problem}\n`);
  return 1;
}

process.exitCode = await main();
