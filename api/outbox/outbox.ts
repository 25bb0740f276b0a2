import { setMaxListeners } from 'node:events';
import { secondMs } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { WhatsAppConfig } from '../config.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { Store } from '../storage/store.ts';
import { systemTimers, within } from '../timers.ts';
import type { Timers } from '../timers.ts';
import type { WhatsApp } from '../whatsapp/whatsapp.ts';
import { maxReceipts, maxSends } from './limits.ts';
import { createLoop } from './loop.ts';
import { createPool } from './pool.ts';
import { createReceiptTeller } from './receipts.ts';
import { createSender } from './sender.ts';
import { createTokenPause } from './token-pause.ts';
import { createTurn } from './turn.ts';

/** Sends what is queued, in order per recipient, and tells WhatsApp what was read. */
export interface Outbox {
  start(): void;
  /** Begins nothing new, waits for what is under way, at most about 10 s. Safe twice. */
  stop(): Promise<void>;
  /** There is something new to send or to tell. */
  wake(): void;
  /** Why nothing is being sent although something could; null when all is well. */
  pausedReason(): string | null;
}

export interface OutboxOptions {
  readonly store: Pick<Store, 'outbox'>;
  readonly whatsApp: WhatsApp;
  readonly config: Pick<WhatsAppConfig, 'token'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Pick<Metrics, 'sends'>;
  readonly timers?: Timers;
  /** From 0 up to, but not, 1: the jitter of retries. */
  readonly random?: () => number;
}

const stopGraceMs = 8 * secondMs; // then running requests are aborted, as UNKNOWN
const lastWritesMs = secondMs;

/**
 * One loop looks for what is due whenever it is woken: by somebody who queued something, by an attempt that
 * ended, or by the time. What must survive is in the store; the process only remembers whether the token works.
 */
export function createOutbox(options: OutboxOptions): Outbox {
  const { clock, config, log, timers = systemTimers, random = Math.random } = options;
  const { outbox } = options.store;
  const pause = createTokenPause(clock);
  const aborting = new AbortController();
  // Everything under way listens to it; Node warns of a leak at eleven.
  setMaxListeners(maxSends + maxReceipts, aborting.signal);
  const parts = { ...options, outbox, pause, timers, random, signal: aborting.signal };
  const onFreed = () => {
    loop.ring();
  };
  const sends = createPool(maxSends, onFreed);
  const receipts = createPool(maxReceipts, onFreed);
  const sender = createSender(parts);
  const teller = createReceiptTeller(parts);
  const turn = createTurn({ outbox, config, pause, sender, sends, teller, receipts, clock, log });
  const loop = createLoop({ turn, clock, timers, log });
  let stopped: Promise<void> | undefined;

  async function stop(): Promise<void> {
    const ended = loop.stop().then(() => Promise.all([sends.drained(), receipts.drained()]));
    await within(stopGraceMs, ended, timers);
    aborting.abort();
    await within(lastWritesMs, ended, timers);
  }

  return {
    start: loop.start,
    stop: () => (stopped ??= stop()),
    wake() {
      pause.hurry();
      loop.ring();
    },
    pausedReason: pause.reason,
  };
}
