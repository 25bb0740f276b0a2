import { secondMs } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { ChangeLog } from '../storage/store.ts';
import { createEventRing } from './event-ring.ts';
import type { EventRing } from './event-ring.ts';
import type { FeedEvent } from './events.ts';
import type { ReadEvents } from './log-reads.ts';
import type { Pace } from './pace.ts';

export interface TailOptions {
  readonly changes: Pick<ChangeLog, 'head' | 'onAppended'>;
  readonly read: ReadEvents;
  readonly pace: Pace;
  readonly clock: Clock;
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

export function followLog(options: TailOptions): LogTail {
  const { changes, read, pace, clock, log, metrics, ringSize, onAdvanced } = options;
  let isStopped = false;
  let hasNews = false;
  let running: Promise<void> | null = null;
  let retry: NodeJS.Timeout | undefined;
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
      while (takeNews()) await readInto(filled);
    } catch (error) {
      log.warn({ err: error }, 'the log of changes cannot be read; trying again');
      if (!isStopped) retry = setTimeout(wake, retryAfterMs).unref();
    }
  }

  function takeNews(): boolean {
    const had = hasNews && !isStopped;
    hasNews = false;
    return had;
  }

  async function readInto(filled: EventRing): Promise<void> {
    const events = (await read(filled.newestCursor)) ?? [await resync()];
    if (events.length === 0) return;
    for (const event of events) {
      filled.push(event);
      metrics?.eventLagSeconds.observe(Math.max(0, clock.now() - event.at) / secondMs);
    }
    onAdvanced(filled);
    await pace.room(filled.end);
    // There may be more than one reading holds.
    hasNews = true;
  }

  async function resync(): Promise<FeedEvent> {
    log.warn('the log of changes no longer holds our place in it; subscribers refetch');
    const cursor = await changes.head();
    return { cursor, type: 'RESYNC', at: clock.now(), message: null, conversation: null };
  }

  async function stop(): Promise<void> {
    isStopped = true;
    stopListening();
    clearTimeout(retry);
    await running;
  }

  return { ring, stop };
}
