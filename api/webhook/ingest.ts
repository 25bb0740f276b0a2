import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { JournalEntry, Store } from '../storage/store.ts';
import { systemTimers } from '../timers.ts';
import type { Timers } from '../timers.ts';
import { createJournalSweeper } from './journal-sweeper.ts';
import { parseDelivery } from './payload/delivery.ts';
import { createRejections } from './rejections.ts';
import { createReplay } from './replay.ts';
import type { Replay } from './replay.ts';
import { signatureProblem } from './signature.ts';
import { createVerdictReport } from './verdict-report.ts';

/** What comes in: proves it, understands it, and puts it into the store, durably, before the answer. */
export interface Ingest extends Pick<Replay, 'replay' | 'replaySetAside'> {
  /**
   * Takes a delivery. Never rejects.
   *
   * @param signature the `X-Hub-Signature-256` header as it came.
   */
  receive(body: Buffer, signature: string | readonly string[] | undefined): Promise<Receipt>;
  /** Counts and lists a delivery that was refused before it was all here. */
  noteRefusal(refusal: Refusal): void;
  /** Takes up what a crash left, now and every few seconds; prunes the journal. */
  start(): void;
  /** Safe twice. */
  stop(): Promise<void>;
}

export type Receipt = { readonly status: 200; readonly entry: JournalEntry } | Refusal;

export interface Refusal {
  /** 503: the sender is to come again. */
  readonly status: 400 | 401 | 413 | 503;
  readonly reason: string;
}

export interface IngestOptions {
  readonly store: Pick<Store, 'journal'>;
  readonly config: Pick<Config, 'journalDays'> & {
    readonly whatsapp: Pick<
      Config['whatsapp'],
      'phoneNumberIds' | 'appSecret' | 'allowsUnsignedWebhooks'
    >;
  };
  readonly clock: Clock;
  /** @default systemTimers */
  readonly timers?: Timers;
  readonly log: Log;
  readonly metrics: Pick<Metrics, 'deliveries' | 'elements'>;
}

/** Meta sends up to 3 MB. */
export const maxDeliveryBytes = 3 * 1024 * 1024;

export const tooLarge: Refusal = {
  status: 413,
  reason: `The body is larger than ${String(maxDeliveryBytes)} bytes`,
};

export function createIngest(options: IngestOptions): Ingest {
  const { config, clock, timers = systemTimers, log, metrics } = options;
  const { journal } = options.store;
  const { appSecret, allowsUnsignedWebhooks } = config.whatsapp;
  const phoneNumberIds = new Set(config.whatsapp.phoneNumberIds);
  const rejections = createRejections({ journal, clock, timers, log });
  const report = createVerdictReport({ log, metrics });
  const replays = createReplay({ journal, phoneNumberIds, log, onApplied: report });
  const sweeper = createJournalSweeper({
    journal,
    journalDays: config.journalDays,
    clock,
    timers,
    log,
    replay: (id) => replays.replay(id),
  });
  let catchingUp: Promise<unknown> = Promise.resolve();

  function refuse(refusal: Refusal, cause?: unknown): Refusal {
    metrics.deliveries.inc({ outcome: String(refusal.status) });
    rejections.note(refusal.status, refusal.reason, cause);
    return refusal;
  }

  function distrust(body: Buffer, signature: string | readonly string[] | undefined) {
    if (appSecret !== null) return signatureProblem(body, signature, appSecret);
    return allowsUnsignedWebhooks
      ? null
      : 'WHATSAPP_APP_SECRET is not set, so that no delivery can be trusted';
  }

  async function receive(
    body: Buffer,
    signature: string | readonly string[] | undefined,
  ): Promise<Receipt> {
    const receivedAt = clock.now();
    if (body.length > maxDeliveryBytes) return refuse(tooLarge);
    const doubt = distrust(body, signature);
    if (doubt !== null) return refuse({ status: 401, reason: doubt });
    const parsed = parseDelivery(body, phoneNumberIds);
    if (parsed.kind === 'refused') return refuse({ status: 400, reason: parsed.reason });
    try {
      const entry = await journal.accept({ receivedAt, body, elements: parsed.elements });
      metrics.deliveries.inc({ outcome: 'stored' });
      report(entry);
      return { status: 200, entry };
    } catch (error) {
      return refuse({ status: 503, reason: 'The store could not take the delivery' }, error);
    }
  }

  return {
    receive,
    noteRefusal: (refusal) => void refuse(refusal),
    replay: (id) => replays.replay(id),
    replaySetAside: () => replays.replaySetAside(),
    start() {
      sweeper.start();
      catchingUp = replays.replaySetAside().catch((error: unknown) => {
        log.error(
          { err: error },
          'what was set aside could not be replayed; the next start tries again',
        );
      });
    },
    async stop() {
      replays.stop();
      await sweeper.stop();
      await catchingUp;
      await rejections.stop();
    },
  };
}
