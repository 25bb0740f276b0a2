import { createDeliveries } from './deliveries.ts';
import type { DeliveriesOptions, DeliveryFigures, Undelivered } from './deliveries.ts';
import { webhookBody } from './webhook-body.ts';
import type { Grouping, WebhookChange } from './webhook-body.ts';

export interface WebhookFigures extends DeliveryFigures {
  /** Changes lost on purpose. */
  readonly dropped: number;
  /** Bodies and changes still to be delivered. */
  readonly pending: number;
}

/** What WhatsApp tells the business, as Meta does: soon, in any order, one or many in a body. */
export interface Webhooks {
  send(change: WebhookChange): void;
  /** Several changes as one body, accepted when this resolves; for histories. */
  sendTogether(changes: readonly WebhookChange[]): Promise<void>;
  pointAt(...urls: readonly string[]): void;
  figures(): WebhookFigures;
  /** What a restart has to deliver. */
  undelivered(): readonly Undelivered[];
  resume(deliveries: readonly Undelivered[]): void;
  stop(): void;
}

export interface WebhooksOptions extends DeliveriesOptions {
  readonly businessAccountId: string;
}

// Meta's limit is 1000 updates per body.
const changesPerBody = 200;
const groupings: readonly Grouping[] = ['entries', 'changes', 'values'];

export function createWebhooks(options: WebhooksOptions): Webhooks {
  const { businessAccountId, faults, scheduler, random } = options;
  const deliveries = createDeliveries(options);
  /** Held back on purpose. */
  const held = new Set<WebhookChange>();
  let collecting: WebhookChange[] | null = null;
  let dropped = 0;

  function release(change: WebhookChange) {
    const batch = collecting === null ? faults.strike('webhook-batch', change.customerId) : null;
    if (batch) {
      collecting = [];
      scheduler.after(batch.ms ?? 300, deliverCollected);
    }
    if (collecting) {
      held.add(change);
      collecting.push(change);
    } else void deliveries.deliver(contentOf([change]), change.customerId);
  }

  function deliverCollected() {
    const changes = collecting ?? [];
    collecting = null;
    for (const change of changes) held.delete(change);
    for (let from = 0; from < changes.length; from += changesPerBody)
      void deliveries.deliver(contentOf(changes.slice(from, from + changesPerBody)), null);
  }

  function contentOf(changes: readonly WebhookChange[], grouping = drawGrouping(changes)) {
    return {
      body: webhookBody(businessAccountId, changes, grouping),
      inbound: changes.flatMap(({ inbound }) => inbound ?? []),
    };
  }

  function drawGrouping({ length }: readonly WebhookChange[]): Grouping {
    if (length === 1) return 'changes';
    return groupings[Math.floor(random() * groupings.length)] ?? 'changes';
  }

  function delayOf({ customerId }: WebhookChange): number {
    const delay = faults.strike('webhook-delay', customerId)?.ms ?? 0;
    const reorder = faults.strike('webhook-reorder', customerId);
    return delay + (reorder ? random() * (reorder.ms ?? 1_000) : 0);
  }

  return {
    send(change) {
      if (faults.strike('webhook-drop', change.customerId)) {
        dropped += 1;
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
    sendTogether: (changes) => deliveries.deliver(contentOf(changes, 'changes'), null),
    pointAt: (...urls) => {
      deliveries.pointAt(...urls);
    },
    figures: () => ({
      ...deliveries.figures(),
      dropped,
      pending: deliveries.open().length + held.size,
    }),
    undelivered: () => [...deliveries.open(), ...[...held].map((change) => contentOf([change]))],
    resume(all) {
      for (const each of all) void deliveries.deliver(each, null);
    },
    stop: () => {
      deliveries.stop();
    },
  };
}
