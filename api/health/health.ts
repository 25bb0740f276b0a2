import { dayMs } from '../clock.ts';
import type { Clock, Instant } from '../clock.ts';
import type { Config } from '../config.ts';
import { StoreUnavailableError } from '../errors.ts';
import type { EventFeed } from '../events/events.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { JournalSummary, OutboxSummary, Store, StoreCheck } from '../storage/store.ts';

/** How the server is, and what an operator should mend. Holds no secrets. */
export interface HealthReport {
  readonly status: 'OK' | 'DEGRADED' | 'DOWN';
  /** False: WhatsApp credentials are missing (the amber light). */
  readonly configured: boolean;
  readonly missingSettings: readonly string[];
  readonly warnings: readonly string[];
  readonly version: string;
  readonly apiVersion: string;
  /** The default business number's id. */
  readonly phoneNumberId: string | null;
  readonly store: StoreCheck & { readonly kind: Store['kind'] };
  readonly outbox: {
    readonly queued: number;
    readonly oldestQueuedAt: Instant | null;
    readonly failedLastDay: number;
    readonly unknown: number;
    readonly pausedReason: string | null;
  };
  readonly webhook: {
    readonly signatureChecked: boolean;
    readonly lastDeliveryAt: Instant | null;
    readonly rejectedLastDay: number;
    readonly setAsideLastDay: number;
  };
  readonly subscribers: number;
  readonly uptimeSeconds: number;
}

export interface Health {
  /** Never rejects: a store that is down is what it reports. */
  report(): Promise<HealthReport>;
}

export interface HealthOptions {
  readonly store: Pick<Store, 'kind' | 'check' | 'outbox' | 'journal'>;
  readonly outbox: Pick<Outbox, 'pausedReason'>;
  readonly feed: Pick<EventFeed, 'subscribers'>;
  readonly config: Pick<Config, 'whatsapp' | 'warnings'>;
  readonly clock: Clock;
  readonly startedAt: Instant;
  readonly version: string;
}

export function createHealth(options: HealthOptions): Health {
  const { store, outbox, feed, config, clock, startedAt, version } = options;
  const { whatsapp } = config;
  const signatureChecked = whatsapp.appSecret !== null;
  const refusesWebhooks = !signatureChecked && !whatsapp.allowsUnsignedWebhooks;

  /** The check and the numbers together: either may be the first to find that the store is down. */
  async function askStore() {
    const since = clock.now() - dayMs;
    const [check, queue, journal] = await Promise.all([
      store.check(),
      valueUnlessDown(store.outbox.summary(since)),
      valueUnlessDown(store.journal.summary(since)),
    ]);
    const ok = check.ok && queue !== null && journal !== null;
    return { check: { ...check, ok }, queue: queue ?? noQueue, journal: journal ?? noJournal };
  }

  function statusOf(check: StoreCheck): HealthReport['status'] {
    if (!check.ok) return 'DOWN';
    const isHampered =
      whatsapp.missingSettings.length > 0 ||
      refusesWebhooks ||
      outbox.pausedReason() !== null ||
      check.detail !== null;
    return isHampered ? 'DEGRADED' : 'OK';
  }

  function warnings(check: StoreCheck): readonly string[] {
    const pausedReason = outbox.pausedReason();
    const found = [
      pausedReason === null ? null : `Sending is paused: ${pausedReason}`,
      check.ok && check.detail !== null ? `Store: ${check.detail}` : null,
    ];
    return [...config.warnings, ...found.filter((warning) => warning !== null)];
  }

  return {
    async report() {
      const { check, queue, journal } = await askStore();
      return {
        status: statusOf(check),
        configured: whatsapp.missingSettings.length === 0,
        missingSettings: whatsapp.missingSettings,
        warnings: warnings(check),
        version,
        apiVersion: whatsapp.apiVersion,
        phoneNumberId: whatsapp.phoneNumberIds[0] ?? null,
        store: { ...check, kind: store.kind },
        outbox: {
          queued: queue.queued,
          oldestQueuedAt: queue.oldestQueuedAt,
          failedLastDay: queue.failed,
          unknown: queue.unknown,
          pausedReason: outbox.pausedReason(),
        },
        webhook: {
          signatureChecked,
          lastDeliveryAt: journal.lastDeliveryAt,
          rejectedLastDay: journal.rejected,
          setAsideLastDay: journal.setAside,
        },
        subscribers: feed.subscribers,
        uptimeSeconds: Math.floor((clock.now() - startedAt) / 1000),
      };
    },
  };
}

const noQueue: OutboxSummary = { queued: 0, oldestQueuedAt: null, failed: 0, unknown: 0 };
const noJournal: JournalSummary = { lastDeliveryAt: null, rejected: 0, setAside: 0 };

async function valueUnlessDown<Value>(asked: Promise<Value>): Promise<Value | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof StoreUnavailableError) return null;
    throw error;
  }
}
