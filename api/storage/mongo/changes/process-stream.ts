import { setTimeout as pause } from 'node:timers/promises';
import type { ChangeStream, Db } from 'mongodb';
import type { Log } from '../../../log.ts';
import { isHistoryLost } from './lost-history.ts';
import { eventPipeline } from './stream-events.ts';
import type { StreamEvent } from './stream-events.ts';

export interface ProcessStreamOptions {
  readonly database: Db;
  readonly log: Log;
  readonly onEvent: (event: StreamEvent) => void;
  /** All that has arrived together was handed over. */
  readonly onBatch: () => void;
  /** Events were missed: what was handed over before does not join what comes. */
  readonly onGap: () => void;
}

/** The one change stream of this process. */
export interface ProcessStream {
  /** Begins to follow, if it does not already. */
  start(): void;
  /** Why it stands still; null while it is well. */
  readonly trouble: string | null;
  stop(): Promise<void>;
}

const retryAfterMs = 500;

export function openChangeStream(
  database: Db,
  after: unknown,
  maxAwaitTimeMS?: number,
): ChangeStream<StreamEvent, StreamEvent> {
  return database.watch<StreamEvent, StreamEvent>(eventPipeline, {
    fullDocument: 'updateLookup',
    ...(after === null ? {} : { resumeAfter: after }),
    ...(maxAwaitTimeMS === undefined ? {} : { maxAwaitTimeMS }),
  });
}

export function createProcessStream(options: ProcessStreamOptions): ProcessStream {
  const { database, log, onEvent, onBatch, onGap } = options;
  const stopped = new AbortController();
  let running: Promise<void> | null = null;
  let current: ChangeStream<StreamEvent, StreamEvent> | null = null;
  let trouble: string | null = null;
  // After what to go on when the driver's own attempt to resume has failed as well.
  let token: unknown = null;

  const isStopped = () => stopped.signal.aborted;

  async function follow(): Promise<void> {
    while (!isStopped()) {
      current = openChangeStream(database, token);
      try {
        await readOn(current);
      } catch (error) {
        if (!isStopped()) await recover(error);
      } finally {
        await current.close().catch(() => undefined);
      }
    }
  }

  async function readOn(stream: ChangeStream<StreamEvent, StreamEvent>): Promise<void> {
    while (!isStopped()) {
      const event = await stream.tryNext();
      if (isStopped()) return;
      if (trouble !== null) log.info('the change stream goes on');
      trouble = null;
      if (event !== null) onEvent(event);
      // On a quiet database this moves on too, and so never falls out of the oplog.
      token = stream.resumeToken ?? token;
      if (event !== null && stream.bufferedCount() === 0) onBatch();
    }
  }

  async function recover(error: unknown): Promise<void> {
    log.warn({ err: error }, 'the change stream was interrupted; resuming');
    trouble = 'The change stream of the database cannot be read: live updates stand still.';
    if (isHistoryLost(error)) {
      token = null;
      onGap();
    }
    await pause(retryAfterMs, undefined, { signal: stopped.signal }).catch(() => undefined);
  }

  return {
    start() {
      if (!isStopped()) running ??= follow();
    },
    get trouble() {
      return trouble;
    },
    async stop() {
      stopped.abort();
      await current?.close().catch(() => undefined);
      await running;
    },
  };
}
