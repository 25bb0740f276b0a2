import { fastify } from 'fastify';
import { createActivity } from './activity.ts';
import { cloudApiRoutes } from './cloud-api.ts';
import { createControl } from './control.ts';
import type { Control } from './control.ts';
import { controlRoutes } from './control-routes.ts';
import { createFaults } from './faults.ts';
import { createLimits } from './limits.ts';
import { shortTiming, silentLog } from './options.ts';
import type { SimulatorOptions } from './options.ts';
import { pageRoutes } from './page.ts';
import { createPhones } from './phones.ts';
import { createReplies } from './replies.ts';
import { createScheduler } from './scheduler.ts';
import { createSends } from './sends.ts';
import { loadState, saveState } from './state-file.ts';
import { createWebhooks } from './webhooks.ts';
import { createWorld } from './world.ts';

export interface Simulator {
  /** Base URL of the API and of the page; known after the start. */
  readonly url: string;
  readonly control: Control;
  start(): Promise<{ readonly url: string }>;
  /** Safe twice. */
  stop(): Promise<void>;
}

// How long a change may be lost in a crash of the simulator.
const saveEveryMs = 2_000;

/** WhatsApp and all its customers, on one port: the other side of the wire. */
export function createSimulator(options: SimulatorOptions): Simulator {
  const parts = createParts(options);
  const { world, webhooks, scheduler, phones, control } = parts;
  const { stateFile, log = silentLog } = options;
  const server = fastify({ forceCloseConnections: true, bodyLimit: 3 * 1024 * 1024 });
  server.register(cloudApiRoutes({ ...options, ...parts }));
  server.register((scope) => {
    controlRoutes(control, scope);
    pageRoutes(scope);
    return Promise.resolve();
  });
  let saving: NodeJS.Timeout | undefined;
  let url = '';

  let hasChanged = false;
  world.onChange(() => {
    hasChanged = true;
  });

  function save() {
    if (stateFile === undefined || !hasChanged) return;
    hasChanged = false;
    try {
      saveState(stateFile, { ...world.state(), undelivered: webhooks.undelivered() });
    } catch (error) {
      // A full disk must not take the phones down.
      log.warn({ err: error, path: stateFile }, 'the phones could not be saved');
    }
  }

  function restore() {
    const state = stateFile === undefined ? null : loadState(stateFile, log);
    if (!state) return;
    world.restore(state);
    webhooks.resume(state.undelivered);
    phones.resume();
  }

  return {
    control,
    get url() {
      return url;
    },
    async start() {
      url = await server.listen({ port: options.port, host: options.host ?? '127.0.0.1' });
      restore();
      if (stateFile !== undefined) saving = setInterval(save, saveEveryMs);
      return { url };
    },
    async stop() {
      if (url !== '') {
        clearInterval(saving);
        save();
        url = '';
      }
      scheduler.stop();
      webhooks.stop();
      await server.close();
    },
  };
}

function createParts(options: SimulatorOptions) {
  const { random = Math.random, log = silentLog, clock = { now: () => Date.now() } } = options;
  const { businessAccountId = '208813574401927', strangersAnswerAs = null } = options;
  const timing = { ...shortTiming, ...options.timing };
  const activity = createActivity();
  const onActivity = () => {
    activity.notify();
  };
  const basis = { ...options, random, log, clock, timing, businessAccountId, onActivity };
  const world = createWorld();
  world.onChange(onActivity);
  const faults = createFaults({ random });
  const limits = createLimits({ clock });
  const scheduler = createScheduler(basis);
  const webhooks = createWebhooks({
    ...{ ...basis, url: options.webhookUrl, faults, scheduler },
    onArrived(wamids) {
      for (const wamid of wamids)
        if (world.message(wamid)?.message.status === 'sent')
          world.change(wamid, { status: 'delivered' });
    },
  });
  const replies = createReplies({
    ...{ world, scheduler, timing, clock },
    write: (customerId, text) => phones.write(customerId, { text }),
  });
  const phones = createPhones({
    ...{ ...basis, world, webhooks, scheduler, faults },
    onReceived: (customer, message) => {
      replies.consider(customer, message);
    },
  });
  const sends = createSends({ ...basis, world, phones, faults, limits, strangersAnswerAs });
  const business = options.phoneNumbers[0];
  const all = { world, phones, sends, faults, limits, webhooks, scheduler, activity };
  const control = createControl({ ...all, business, webhookUrl: options.webhookUrl });
  return { ...all, timing, random, control };
}
