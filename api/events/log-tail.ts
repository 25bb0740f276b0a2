import { setTimeout as pause } from 'node:timers/promises';
import { secondMs } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { ChangeLog } from '../storage/store.ts';
import type { Timers } from '../timers.ts';
import type { BurstBrake } from './burst-brake.ts';
import { createEventRing } from './event-ring.ts';
import type { EventRing } from './event-ring.ts';
import type { FeedEvent } from './events.ts';
import type { ReadEvents } from './log-reads.ts';
import { noSurroundings } from './surroundings.ts';

export interface TailOptions {
  readonly changes: Pick<ChangeLog, 'head' | 'onAppended'>;
  readonly read: ReadEvents;
  readonly brake: BurstBrake;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Log;
  readonly metrics?: Pick<Metrics, 'eventLagSeconds'> | undefined;
  readonly ringSize: number;
  /** Called after new events were put into the ring. */
  readonly onAdvanced: (ring: EventRing) => void;
}

/** Follows the end of the log from now on: reads each new change once and puts it into a ring. */
export interface LogTail {
  /** Rejects when the store could not tell where the log ends. */
  readonly ring: Promise<EventRing>;
  /** Resolves when nothing of it runs any more. Safe twice. */
  stop(): Promise<void>;
}

const retryAfterMs = secondMs;
/** What comes within this time after a look at the log is looked at together: a lone change waits for nothing. */
const restMs = 25;

export function followLog(options: TailOptions): LogTail {
  const { changes, read, brake, clock, timers, log, metrics, ringSize, onAdvanced } = options;
  // With the brake's lead, less than the ring: who keeps pace is not passed.
  const stepSize = Math.ceil(ringSize / 4);
  let isStopped = false;
  let hasNews = false;
  let running: Promise<void> | null = null;
  let callOffRetry: (() => void) | undefined;
  // Listening comes before the first look, so that nothing falls in between.
  const stopListening = changes.onAppended(wake);
  const ring = changes.head().then((cursor) => createEventRing(ringSize, cursor));
  ring.then(wake, () => void stop());

  function wake(): void {
    hasNews = true;
    if (isStopped) return;
    running ??= advance().finally(() => {
      running = null;
    });
  }

  async function advance(): Promise<void> {
    try {
      const filled = await ring;
      while (takeNews()) {
        await readInto(filled);
        await pause(restMs);
      }
    } catch (error) {
      log.warn({ err: error }, 'the log of changes cannot be read; trying again');
      if (!isStopped) callOffRetry = timers.after(retryAfterMs, wake);
    }
  }

  function takeNews(): boolean {
    const had = hasNews && !isStopped;
    hasNews = false;
    return had;
  }

  async function readInto(filled: EventRing): Promise<void> {
    const events = (await read(filled.newestCursor)) ?? [await resync()];
    for (let begin = 0; begin < events.length && !isStopped; begin += stepSize) {
      for (const event of events.slice(begin, begin + stepSize)) {
        filled.push(event);
        metrics?.eventLagSeconds.observe(Math.max(0, clock.now() - event.at) / secondMs);
      }
      onAdvanced(filled);
      await brake.room(filled.end);
    }
    // There may be more than one reading holds.
    if (events.length > 0) hasNews = true;
  }

  async function resync(): Promise<FeedEvent> {
    log.warn('the log of changes no longer holds our place in it; subscribers refetch');
    const cursor = await changes.head();
    const nothing = { message: null, conversation: null, around: noSurroundings };
    return { cursor, type: 'RESYNC', at: clock.now(), ...nothing };
  }

  async function stop(): Promise<void> {
    isStopped = true;
    stopListening();
    callOffRetry?.();
    await running;
  }

  return { ring, stop };
}
