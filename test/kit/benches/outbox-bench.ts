import { pino } from 'pino';
import { createConversations } from '../../../api/conversations/conversations.ts';
import { StoreUnavailableError } from '../../../api/errors.ts';
import type { MessageId } from '../../../api/ids.ts';
import { statusOf } from '../../../api/messages/delivery-status.ts';
import type { MessageStatus, StatusReport } from '../../../api/messages/delivery-status.ts';
import type { Message } from '../../../api/messages/message.ts';
import { createMessages } from '../../../api/messages/messages.ts';
import { createMetrics } from '../../../api/metrics.ts';
import { createOutbox } from '../../../api/outbox/outbox.ts';
import type { Outbox } from '../../../api/outbox/outbox.ts';
import type { OutboxStore } from '../../../api/storage/store.ts';
import type { DeliveryElement } from '../../../api/webhook/delivery-element.ts';
import { createCloudApi } from '../../../api/whatsapp/cloud-api.ts';
import { createActivity } from '../activity.ts';
import { startCloudApiStub } from '../cloud-api-stub.ts';
import { openTestStore } from '../store.ts';
import { createFakeTimers } from '../timers.ts';

export const businessNumberId = '331190077250416';
export const amara = '15555550142';
export const tom = '447700900123';

const business = { phoneNumberId: businessNumberId, displayPhoneNumber: '15555550100' };
const log = pino({ level: 'silent' });

export type OutboxBench = Awaited<ReturnType<typeof openOutboxBench>>;

export interface BenchSettings {
  readonly token?: string | null;
  readonly phoneNumberIds?: readonly string[];
  readonly missingSettings?: readonly string[];
  /** How long the adapter waits for an answer, in real milliseconds. */
  readonly timeoutMs?: number;
}

/** The outgoing side on a store of its own, a clock that the test moves, and a WhatsApp that does as told. */
export async function openOutboxBench(settings: BenchSettings = {}) {
  const stub = await startCloudApiStub();
  const test = await openTestStore();
  const { clock } = test;
  const metrics = createMetrics();
  const config = {
    token: 'token-of-the-tests',
    apiVersion: 'v26.0',
    apiBaseUrl: stub.url,
    phoneNumberIds: [businessNumberId],
    missingSettings: [],
    ...settings,
  };
  let isStoreAway = false;
  let inbound = 0;
  const { timeoutMs = 5_000 } = settings;

  function boot() {
    const timers = createFakeTimers(clock);
    const activity = createActivity();
    let sends = 0;
    const counting: typeof fetch = (...request) => {
      sends += 1;
      return fetch(...request);
    };
    const cloudApi = createCloudApi({ config, log, clock, timeoutMs, fetch: counting });
    const outbox = createOutbox({
      store: {
        outbox: activity.watch(
          whenHere(
            () => test.store.outbox,
            () => isStoreAway,
          ),
        ),
      },
      whatsApp: activity.watch(cloudApi),
      config,
      clock,
      log,
      metrics,
      timers,
      random: () => 0.999,
    });
    return { outbox, timers, activity, sends: () => sends };
  }

  let process = boot();
  const wake: Pick<Outbox, 'wake'> = {
    wake: () => {
      process.outbox.wake();
    },
  };
  const useCases = { store: test.store, config, clock, outbox: wake, log };
  const messages = createMessages(useCases);
  const conversations = createConversations(useCases);

  /** Resolves when the loop sleeps and nothing is under way. */
  async function idle(): Promise<void> {
    let restingRounds = 0;
    for (const until = Date.now() + 10_000; restingRounds < 3;) {
      if (Date.now() > until) throw new Error('The outbox does not come to rest');
      await new Promise((resolve) => setImmediate(resolve));
      const isResting = process.activity.underWay === 0 && process.timers.nextAt() !== null;
      restingRounds = isResting ? restingRounds + 1 : 0;
    }
  }

  /** Lets time pass, in the steps in which the outbox wakes; over hours, in steps of at least `stepMs`. */
  async function advance(byMs: number, stepMs = 0): Promise<void> {
    const end = clock.now() + byMs;
    for (;;) {
      await idle();
      const next = process.timers.nextAt();
      if (next === null || next > end) break;
      clock.set(Math.min(end, Math.max(next, clock.now() + stepMs)));
      process.timers.fire();
    }
    clock.set(end);
  }

  function textFrom(phoneNumber: string, wamid?: string): DeliveryElement {
    inbound += 1;
    const from = { phoneNumber, userId: null, username: null, profileName: null };
    return {
      kind: 'inbound',
      path: 'entry[0].changes[0].value.messages[0]',
      business,
      from,
      wamid: wamid ?? `wamid.in-${inbound}`,
      timestamp: clock.now(),
      content: { type: 'TEXT', body: `Question ${inbound}` },
      replyToWamid: null,
      changedTo: null,
    };
  }

  async function deliver(...elements: readonly DeliveryElement[]): Promise<void> {
    const entry = await test.store.journal.accept({
      receivedAt: clock.now(),
      body: Buffer.from('{}'),
      elements,
    });
    if (entry.state !== 'DONE') throw new Error(`Not applied: ${JSON.stringify(entry.verdicts)}`);
  }

  async function message(id: MessageId): Promise<Message> {
    const found = (await test.store.messages.byIds([id])).get(id);
    if (found === undefined) throw new Error(`There is no message ${id}`);
    return found;
  }

  return {
    stub,
    store: test.store,
    clock,
    metrics,
    messages,
    conversations,
    get outbox() {
      return process.outbox;
    },
    idle,
    advance,
    /** Lets time pass without waiting for anything. */
    tick(byMs: number) {
      clock.advance(byMs);
      process.timers.fire();
    },
    /** A customer writes, which opens the window. */
    receive: (from: string, wamid?: string) => deliver(textFrom(from, wamid)),
    /** WhatsApp reports on a send, with the callback data that it was given. */
    report: (
      request: { readonly wamid: string; readonly callbackData: unknown },
      report: StatusReport,
    ) => {
      const [messageId = '', attempt = '1'] = String(request.callbackData).split('#');
      return deliver({
        kind: 'status',
        path: 'entry[0].changes[0].value.statuses[0]',
        business,
        wamid: request.wamid,
        report,
        recipient: null,
        attemptOf: { messageId: messageId as MessageId, attempt: Number(attempt) },
      });
    },
    /** Queues a text by the use case; throws when it is refused. */
    async send(to: string, text: string): Promise<Message> {
      const result = await messages.send({ to, text }, 'owner');
      if (result.kind !== 'message') throw new Error(`Refused: ${result.message}`);
      return result.message;
    },
    message,
    status: async (id: MessageId): Promise<MessageStatus> => statusOf((await message(id)).delivery),
    /** The texts that WhatsApp was asked to send, in the order of the requests. */
    sentTexts: () =>
      stub.requests.flatMap(({ body: { text } }) =>
        typeof text === 'object' && text !== null && 'body' in text ? [String(text.body)] : [],
      ),
    start() {
      process.outbox.start();
    },
    /** A second process on the same store, started. */
    addProcess() {
      const { outbox, timers, sends } = boot();
      outbox.start();
      return {
        wake: () => {
          outbox.wake();
        },
        tick: () => {
          timers.fire();
        },
        sends,
        stop: () => outbox.stop(),
      };
    },
    /** The process is gone from one moment to the next, and another one starts. */
    crash() {
      process.activity.kill();
      process = boot();
      process.outbox.start();
    },
    setStoreAway(isAway: boolean) {
      isStoreAway = isAway;
    },
    async close() {
      const stopped = process.outbox.stop();
      const { timers } = process;
      // Its patience is measured by the clock of the test, which nobody moves now.
      const nudge = setInterval(() => {
        clock.advance(1_000);
        timers.fire();
      }, 20);
      await stopped;
      clearInterval(nudge);
      await stub.close();
      await test.close();
    },
  };
}

/** A store that can be taken away: a plug to pull, in front of the real one. */
function whenHere(outbox: () => OutboxStore, isAway: () => boolean): OutboxStore {
  const here = async <Result>(call: (store: OutboxStore) => Promise<Result>): Promise<Result> => {
    if (isAway()) throw new StoreUnavailableError('The test took the store away');
    return call(outbox());
  };
  return {
    claim: (request) => here((store) => store.claim(request)),
    settle: (claim, outcome) => here((store) => store.settle(claim, outcome)),
    expireLeases: (now) => here((store) => store.expireLeases(now)),
    nextDueAt: () => here((store) => store.nextDueAt()),
    summary: (since) => here((store) => store.summary(since)),
    claimReceipts: (request) => here((store) => store.claimReceipts(request)),
    settleReceipt: (receipt, at) => here((store) => store.settleReceipt(receipt, at)),
  };
}
