import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** The numbers of one server, on a registry of its own so that two servers in one process do not mix. */
export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  return {
    registry,
    deliveries: new Counter({
      name: 'whatsapp_webhook_deliveries_total',
      help: 'Webhook deliveries by outcome (stored, or the HTTP status of the refusal).',
      labelNames: ['outcome'],
      registers,
    }),
    elements: new Counter({
      name: 'whatsapp_webhook_elements_total',
      help: 'Elements of deliveries by verdict.',
      labelNames: ['result'],
      registers,
    }),
    sends: new Counter({
      name: 'whatsapp_sends_total',
      help: 'Attempts to send by outcome.',
      labelNames: ['outcome'],
      registers,
    }),
    outboxDepth: new Gauge({
      name: 'whatsapp_outbox_depth',
      help: 'Messages that wait to be sent or are being sent.',
      registers,
    }),
    outboxAgeSeconds: new Gauge({
      name: 'whatsapp_outbox_oldest_age_seconds',
      help: 'Age of the oldest message that waits.',
      registers,
    }),
    eventLagSeconds: new Histogram({
      name: 'whatsapp_event_lag_seconds',
      help: 'Time from a change to its delivery to the feed.',
      buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5],
      registers,
    }),
    subscribers: new Gauge({
      name: 'whatsapp_event_subscribers',
      help: 'Live subscriptions on this process.',
      registers,
    }),
    storeSeconds: new Histogram({
      name: 'whatsapp_store_seconds',
      help: 'Time of a store operation, waiting for the commit included.',
      labelNames: ['operation'],
      buckets: [0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5],
      registers,
    }),
  };
}

export type Metrics = ReturnType<typeof createMetrics>;
