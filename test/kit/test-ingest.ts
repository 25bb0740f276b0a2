import { pino } from 'pino';
import type { Config } from '../../api/config.ts';
import type { Conversation } from '../../api/conversations/conversation.ts';
import type { Message } from '../../api/messages/message.ts';
import { createMetrics } from '../../api/metrics.ts';
import type { Metrics } from '../../api/metrics.ts';
import type { Store } from '../../api/storage/store.ts';
import { createIngest } from '../../api/webhook/ingest.ts';
import type { Ingest, Receipt } from '../../api/webhook/ingest.ts';
import { signatureOf } from '../../api/webhook/signature.ts';
import type { FakeClock } from './clock.ts';
import { openTestStore } from './store.ts';
import { createFakeTimers } from './timers.ts';
import type { FakeTimers } from './timers.ts';
import { homeNumberId, londonNumberId } from './webhook-bodies.ts';

export const appSecret = 'test-app-secret';

export interface TestIngest {
  readonly ingest: Ingest;
  readonly store: Store;
  readonly clock: FakeClock;
  readonly timers: FakeTimers;
  readonly metrics: Metrics;
  readonly directory: string;
  /** What was logged, a parsed line each. */
  readonly log: readonly Readonly<Record<string, unknown>>[];
  /** Delivers these bytes with a good signature. */
  deliver(body: Buffer): Promise<Receipt>;
  /** Every message of every chat, in chat order. */
  messages(): Promise<readonly Message[]>;
  /** Newest activity first. */
  conversations(): Promise<readonly Conversation[]>;
  /** Stops it and its store, does `meanwhile`, and opens them again, with other settings if given. */
  restart(whatsapp?: Partial<IngestSettings>, meanwhile?: () => void): Promise<void>;
  /** Safe twice. */
  close(): Promise<void>;
}

type IngestSettings = Pick<
  Config['whatsapp'],
  'phoneNumberIds' | 'appSecret' | 'allowsUnsignedWebhooks'
>;

/** The incoming side on a store of its own, for both business numbers of the fixtures. */
export async function startTestIngest(whatsapp: Partial<IngestSettings> = {}): Promise<TestIngest> {
  const test = await openTestStore();
  const lines: Record<string, unknown>[] = [];
  const log = pino(
    { base: null },
    { write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>) },
  );
  let settings: IngestSettings = {
    phoneNumberIds: [homeNumberId, londonNumberId],
    appSecret,
    allowsUnsignedWebhooks: false,
    ...whatsapp,
  };
  const metrics = createMetrics();
  const timers = createFakeTimers(test.clock);
  const open = () => {
    const config = { journalDays: 7, whatsapp: settings };
    return createIngest({ store: test.store, config, clock: test.clock, timers, log, metrics });
  };
  let ingest = open();

  return {
    get ingest() {
      return ingest;
    },
    get store() {
      return test.store;
    },
    clock: test.clock,
    timers,
    metrics,
    directory: test.directory,
    log: lines,
    deliver: (body) => ingest.receive(body, signatureOf(body, appSecret)),
    async messages() {
      return (await test.store.messages.page({ page: { first: 1_000 } })).items;
    },
    async conversations() {
      return (await test.store.conversations.page({ page: { first: 1_000 }, filter: {} })).items;
    },
    async restart(changed = {}, meanwhile = () => undefined) {
      await ingest.stop();
      await test.store.stop();
      meanwhile();
      await test.reopen();
      settings = { ...settings, ...changed };
      ingest = open();
    },
    async close() {
      await ingest.stop();
      await test.close();
    },
  };
}
