import { Agent } from 'node:http';
import type { Faults } from './faults.ts';
import type { SimulatorLog, Timing } from './options.ts';
import { post } from './post.ts';
import type { Scheduler } from './scheduler.ts';
import { signature } from './webhook-body.ts';

/** A body that has not been accepted yet. */
export interface Undelivered {
  readonly body: string;
  /** The wamids of what customers wrote in it. */
  readonly inbound: readonly string[];
}

export interface DeliveryFigures {
  /** Bodies answered with 200. */
  readonly delivered: number;
  /** Attempts without one. */
  readonly failed: number;
  /** Bodies posted again on purpose. */
  readonly duplicated: number;
  readonly lastFailure: string | null;
}

/** Posts signed bodies, several at a time, each again and again until it is answered with 200. */
export interface Deliveries {
  /** Resolves when it has been accepted. */
  deliver(content: Undelivered, customerId: string | null): Promise<void>;
  open(): readonly Undelivered[];
  figures(): DeliveryFigures;
  /** Several of them take turns, as behind a load balancer. */
  pointAt(...urls: readonly string[]): void;
  stop(): void;
}

export interface DeliveriesOptions {
  readonly url: string | null;
  readonly appSecret: string;
  readonly timing: Timing;
  readonly faults: Faults;
  readonly scheduler: Scheduler;
  readonly random: () => number;
  readonly log: SimulatorLog;
  /** These messages of customers have arrived. */
  readonly onArrived: (wamids: readonly string[]) => void;
  /** Called after every attempt. */
  readonly onActivity: () => void;
}

const concurrentPosts = 64;
// After so many it is worth a line in the log.
const patientAttempts = 5;

interface Delivery extends Undelivered {
  readonly customerId: string | null;
  /** Posted again on purpose; such a copy is not copied again. */
  readonly isCopy: boolean;
  readonly onAccepted: () => void;
  attempts: number;
}

export function createDeliveries(options: DeliveriesOptions): Deliveries {
  const { appSecret, timing, faults, scheduler, random, log } = options;
  const agent = new Agent({ keepAlive: true, maxSockets: concurrentPosts });
  const open = new Set<Delivery>();
  const ready: Delivery[] = [];
  let posting = 0;
  let urls: readonly string[] = options.url === null ? [] : [options.url];
  let turns = 0;
  let isStopped = false;
  const figures = { delivered: 0, failed: 0, duplicated: 0, lastFailure: null as string | null };

  function enqueue(delivery: Delivery) {
    open.add(delivery);
    makeReady(delivery);
  }

  function makeReady(delivery: Delivery) {
    ready.push(delivery);
    pump();
  }

  function pump() {
    while (!isStopped && posting < concurrentPosts) {
      const next = ready.shift();
      if (next === undefined) return;
      posting += 1;
      void attempt(next).finally(() => {
        posting -= 1;
        pump();
        options.onActivity();
      });
    }
  }

  function nextUrl(): string | null {
    return urls[turns++ % urls.length] ?? null;
  }

  async function attempt(delivery: Delivery) {
    delivery.attempts += 1;
    const { body, customerId } = delivery;
    const isInterrupted = faults.strike('webhook-interrupt', customerId) !== null;
    const { webhookTimeoutMs: timeoutMs } = timing;
    const call = { body, signature: signature(appSecret, body), timeoutMs, agent, isInterrupted };
    const url = nextUrl();
    const status = url === null ? null : await post({ url, ...call });
    if (isStopped) return;
    const isLost = status === 200 && faults.strike('webhook-answer-lost', customerId) !== null;
    if (status !== 200 || isLost) tryLater(delivery, status);
    else settle(delivery);
  }

  function tryLater(delivery: Delivery, status: number | null) {
    figures.failed += 1;
    figures.lastFailure = status === null ? 'no answer' : `HTTP ${status}`;
    const { attempts } = delivery;
    if (attempts === patientAttempts)
      log.warn({ urls, reason: figures.lastFailure, attempts }, 'a webhook is not accepted');
    const doubledMs = Math.min(timing.retryFirstMs * 2 ** (attempts - 1), timing.retryMaxMs);
    scheduler.after(doubledMs * (0.75 + random() / 2), () => {
      makeReady(delivery);
    });
  }

  function settle(delivery: Delivery) {
    figures.delivered += 1;
    if (!delivery.isCopy) maybeCopy(delivery);
    open.delete(delivery);
    options.onArrived(delivery.inbound);
    delivery.onAccepted();
  }

  function maybeCopy(delivery: Delivery) {
    const duplicate = faults.strike('webhook-duplicate', delivery.customerId);
    if (!duplicate) return;
    figures.duplicated += 1;
    scheduler.after(random() * (duplicate.ms ?? 500), () => {
      enqueue({ ...delivery, isCopy: true, attempts: 0, onAccepted: () => undefined });
    });
  }

  return {
    deliver: (content, customerId) =>
      new Promise((resolve) => {
        enqueue({ ...content, customerId, isCopy: false, attempts: 0, onAccepted: resolve });
      }),
    open: () => [...open].map(({ body, inbound }) => ({ body, inbound })),
    figures: () => ({ ...figures }),
    pointAt(...targets) {
      urls = targets;
    },
    stop() {
      isStopped = true;
      agent.destroy();
    },
  };
}
