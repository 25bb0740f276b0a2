import { Agent } from 'node:http';
import type { Faults } from './faults.ts';
import type { SimulatorLog, Timing } from './options.ts';
import { post } from './post.ts';
import type { Scheduler } from './scheduler.ts';
import { signature, webhookBody } from './webhook-body.ts';
import type { Grouping, WebhookChange } from './webhook-body.ts';

export interface WebhookFigures {
  /** Bodies answered with 200. */
  readonly delivered: number;
  /** Attempts without one. */
  readonly failed: number;
  /** Bodies posted again on purpose. */
  readonly duplicated: number;
  /** Changes lost on purpose. */
  readonly dropped: number;
  /** Bodies and changes still to be delivered. */
  readonly pending: number;
  readonly lastFailure: string | null;
}

/** A body that has not been accepted yet. */
export interface Undelivered {
  readonly body: string;
  /** The wamids of what customers wrote in it. */
  readonly inbound: readonly string[];
}

/** Delivers webhooks as Meta does: concurrently, signed, again until answered with 200. */
export interface Webhooks {
  send(change: WebhookChange): void;
  /** Several changes as one body, delivered when this resolves; for histories. */
  sendTogether(changes: readonly WebhookChange[]): Promise<void>;
  pointAt(url: string): void;
  figures(): WebhookFigures;
  /** What a restart has to deliver. */
  undelivered(): readonly Undelivered[];
  resume(deliveries: readonly Undelivered[]): void;
  stop(): void;
}

export interface WebhooksOptions {
  readonly url: string | null;
  readonly appSecret: string;
  readonly businessAccountId: string;
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

const concurrentPosts = 16;
// Meta's limit is 1000 updates per body.
const changesPerBody = 200;
const groupings: readonly Grouping[] = ['entries', 'changes', 'values'];

interface Delivery extends Undelivered {
  readonly customerId: string | null;
  /** Posted again on purpose; such a copy is not copied again. */
  readonly isCopy: boolean;
  attempts: number;
  readonly onDelivered: () => void;
}

function delivery(content: Undelivered, customerId: string | null = null): Delivery {
  return { ...content, customerId, isCopy: false, attempts: 0, onDelivered: () => undefined };
}

function inboundOf(changes: readonly WebhookChange[]): string[] {
  return changes.flatMap(({ inbound }) => inbound ?? []);
}

export function createWebhooks(options: WebhooksOptions): Webhooks {
  const { appSecret, businessAccountId, timing, faults, scheduler, random, log } = options;
  const agent = new Agent({ keepAlive: true, maxSockets: concurrentPosts });
  const open = new Set<Delivery>();
  const ready: Delivery[] = [];
  const held = new Set<WebhookChange>();
  let collecting: WebhookChange[] | null = null;
  let posting = 0;
  let url = options.url;
  let isStopped = false;
  const figures = { delivered: 0, failed: 0, duplicated: 0, dropped: 0 };
  let lastFailure: string | null = null;

  function enqueue(next: Delivery) {
    open.add(next);
    ready.push(next);
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

  async function attempt(current: Delivery) {
    current.attempts += 1;
    const { body, customerId } = current;
    const isInterrupted = faults.strike('webhook-interrupt', customerId) !== null;
    const { webhookTimeoutMs: timeoutMs } = timing;
    const call = { body, signature: signature(appSecret, body), timeoutMs, agent, isInterrupted };
    const status = url === null ? null : await post({ url, ...call });
    if (isStopped) return;
    const isLost = status === 200 && faults.strike('webhook-answer-lost', customerId) !== null;
    if (status !== 200 || isLost) retryLater(current, status);
    else settle(current);
  }

  function retryLater(failed: Delivery, status: number | null) {
    figures.failed += 1;
    lastFailure = status === null ? 'no answer' : `HTTP ${status}`;
    if (failed.attempts === 5) log.warn({ url, lastFailure }, 'webhook still not accepted');
    const doubled = timing.retryFirstMs * 2 ** Math.min(failed.attempts - 1, 20);
    scheduler.after(Math.min(doubled, timing.retryMaxMs) * (0.75 + random() / 2), () => {
      ready.push(failed);
      pump();
    });
  }

  function settle(done: Delivery) {
    figures.delivered += 1;
    const { body, inbound, customerId, isCopy } = done;
    const duplicate = isCopy ? null : faults.strike('webhook-duplicate', customerId);
    if (duplicate) {
      figures.duplicated += 1;
      scheduler.after(random() * (duplicate.ms ?? 500), () => {
        enqueue({ ...delivery({ body, inbound }, customerId), isCopy: true });
      });
    }
    open.delete(done);
    options.onArrived(inbound);
    done.onDelivered();
  }

  function release(change: WebhookChange) {
    const batch = collecting === null ? faults.strike('webhook-batch', change.customerId) : null;
    if (batch) {
      collecting = [];
      scheduler.after(batch.ms ?? 300, postCollected);
    }
    if (collecting) {
      held.add(change);
      collecting.push(change);
    } else enqueue(delivery(contentOf([change]), change.customerId));
  }

  function postCollected() {
    const changes = collecting ?? [];
    collecting = null;
    for (const change of changes) held.delete(change);
    for (let from = 0; from < changes.length; from += changesPerBody)
      enqueue(delivery(contentOf(changes.slice(from, from + changesPerBody))));
  }

  function contentOf(changes: readonly WebhookChange[]): Undelivered {
    const drawn = groupings[Math.floor(random() * groupings.length)] ?? 'changes';
    const grouping = changes.length === 1 ? 'changes' : drawn;
    return { body: webhookBody(businessAccountId, changes, grouping), inbound: inboundOf(changes) };
  }

  function delayOf(change: WebhookChange): number {
    const delay = faults.strike('webhook-delay', change.customerId)?.ms ?? 0;
    const reorder = faults.strike('webhook-reorder', change.customerId);
    return delay + (reorder ? random() * (reorder.ms ?? 1_000) : 0);
  }

  return {
    send(change) {
      if (isStopped) return;
      if (faults.strike('webhook-drop', change.customerId)) {
        figures.dropped += 1;
        return;
      }
      const delayMs = delayOf(change);
      if (delayMs === 0) {
        release(change);
        return;
      }
      held.add(change);
      scheduler.after(delayMs, () => {
        held.delete(change);
        release(change);
      });
    },
    sendTogether: (changes) =>
      new Promise((resolve) => {
        const body = webhookBody(businessAccountId, changes, 'changes');
        enqueue({ ...delivery({ body, inbound: inboundOf(changes) }), onDelivered: resolve });
      }),
    pointAt(target) {
      url = target;
    },
    figures: () => ({ ...figures, pending: open.size + held.size, lastFailure }),
    undelivered: () => [
      ...[...open].map(({ body, inbound }) => ({ body, inbound })),
      ...[...held].map((change) => contentOf([change])),
    ],
    resume(deliveries) {
      for (const each of deliveries) enqueue(delivery(each));
    },
    stop() {
      isStopped = true;
      agent.destroy();
    },
  };
}
