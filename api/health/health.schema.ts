import { builder } from '../graphql/builder.ts';
import type { HealthReport } from './health.ts';

const HealthStatus = builder.enumType('HealthStatus', {
  description: 'How the server is, in one word.',
  values: {
    OK: { description: 'Everything works.' },
    DEGRADED: {
      description: 'It works, but not everything: see `missingSettings`, `warnings` and `outbox`.',
    },
    DOWN: { description: 'The store cannot be reached or written.' },
  } as const,
});

const StoreKind = builder.enumType('StoreKind', {
  description: 'Where everything is kept.',
  values: {
    EMBEDDED: { description: 'Files in the data directory.' },
    MONGODB: { description: 'A MongoDB replica set.' },
  } as const,
});

const StoreHealth = builder.objectRef<HealthReport['store']>('StoreHealth').implement({
  description: 'How the store is.',
  fields: (t) => ({
    kind: t.expose('kind', { type: StoreKind, description: 'Which store it is.' }),
    ok: t.exposeBoolean('ok', { description: 'It answers, and can be written.' }),
    latencyMs: t.exposeFloat('latencyMs', {
      nullable: true,
      description:
        'Time of one cheap round trip just now, in milliseconds; null when there was none.',
    }),
    detail: t.exposeString('detail', {
      nullable: true,
      description: 'What is wrong with it; null when nothing.',
    }),
  }),
});

const OutboxHealth = builder.objectRef<HealthReport['outbox']>('OutboxHealth').implement({
  description: 'The messages that are to be sent.',
  fields: (t) => ({
    queued: t.exposeInt('queued', { description: 'Messages that wait or are being sent.' }),
    oldestQueuedAt: t.expose('oldestQueuedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Since when the oldest of them waits; null when none does.',
    }),
    failedLastDay: t.exposeInt('failedLastDay', {
      description: 'Messages that failed in the last 24 hours.',
    }),
    unknown: t.exposeInt('unknown', {
      description: 'Messages of which we do not know whether WhatsApp took them.',
    }),
    pausedReason: t.exposeString('pausedReason', {
      nullable: true,
      description: 'Why nothing is being sent; null while sending goes on.',
    }),
  }),
});

const WebhookHealth = builder.objectRef<HealthReport['webhook']>('WebhookHealth').implement({
  description: 'What WhatsApp delivers to us.',
  fields: (t) => ({
    signatureChecked: t.exposeBoolean('signatureChecked', {
      description:
        'False: the app secret is not set, so deliveries are refused, or taken unchecked where that is allowed.',
    }),
    lastDeliveryAt: t.expose('lastDeliveryAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the last delivery came in; null when none has.',
    }),
    rejectedLastDay: t.exposeInt('rejectedLastDay', {
      description: 'Deliveries refused in the last 24 hours, for instance for a wrong signature.',
    }),
    setAsideLastDay: t.exposeInt('setAsideLastDay', {
      description: 'Deliveries of the last 24 hours of which a part could not be understood.',
    }),
  }),
});

const HealthType = builder.objectRef<HealthReport>('Health').implement({
  description: 'How the server is, and what an operator should mend.',
  fields: (t) => ({
    status: t.expose('status', { type: HealthStatus, description: 'In one word.' }),
    configured: t.exposeBoolean('configured', {
      description: 'False: WhatsApp credentials are missing (the amber light). True: green.',
    }),
    missingSettings: t.exposeStringList('missingSettings', {
      description: 'The settings that are missing, by their environment names.',
    }),
    warnings: t.exposeStringList('warnings', {
      description:
        'What an operator should mend: unsigned webhooks allowed, an API version past its end, a rejected token.',
    }),
    version: t.exposeString('version', { description: 'Version of this server.' }),
    apiVersion: t.exposeString('apiVersion', {
      description: 'Graph API version in use, for example v25.0.',
    }),
    phoneNumberId: t.exposeString('phoneNumberId', {
      nullable: true,
      description: 'The default business number, by its id at Meta; null when none is set.',
    }),
    store: t.expose('store', { type: StoreHealth, description: 'How the store is.' }),
    outbox: t.expose('outbox', {
      type: OutboxHealth,
      description: 'The messages that are to be sent.',
    }),
    webhook: t.expose('webhook', {
      type: WebhookHealth,
      description: 'What WhatsApp delivers to us.',
    }),
    subscribers: t.exposeInt('subscribers', {
      description: 'Live subscriptions on this process.',
    }),
    uptimeSeconds: t.exposeInt('uptimeSeconds', {
      description: 'Time since this process started.',
    }),
  }),
});

builder.queryField('health', (t) =>
  t.field({
    type: HealthType,
    description: 'How the server is, and what an operator should mend.',
    resolve: (_root, _arguments, { health }) => health.report(),
  }),
);
