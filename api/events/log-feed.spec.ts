import { pino } from 'pino';
import { hourMs, minuteMs, secondMs } from '../clock.ts';
import { createFakeClock } from '../../test/kit/clock.ts';
import { createMemoryChangeLog } from '../../test/kit/memory-change-log.ts';
import { createFakeTimers } from '../../test/kit/timers.ts';
import { StoreUnavailableError } from '../errors.ts';
import { createMetrics } from '../metrics.ts';
import { createLogFeed } from './log-feed.ts';

const nothing = () => Promise.resolve(new Map<never, never>());

function openFeed() {
  const clock = createFakeClock();
  const timers = createFakeTimers(clock);
  const changes = createMemoryChangeLog();
  const metrics = createMetrics();
  let hydrations = 0;
  const feed = createLogFeed({
    changes,
    messages: { byIds: nothing, byWamids: nothing, reactionsTo: nothing },
    conversations: {
      byIds: () => {
        hydrations += 1;
        return Promise.resolve(new Map<never, never>());
      },
    },
    clock,
    timers,
    metrics,
    log: pino({ level: 'silent' }),
  });
  return {
    clock,
    changes,
    metrics,
    feed,
    hydrations: () => hydrations,
    subscribe: (after: string | null = null) => feed.subscribe({ after, wants: () => true }),
    pass: (ms: number) => {
      clock.advance(ms);
      timers.fire();
    },
  };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));
const cursorOf = async (next: Promise<IteratorResult<{ cursor: string }, unknown>>) => {
  const result = await next;
  return result.done === true ? null : result.value.cursor;
};

describe('the feed on a log', () => {
  it('tells where it stands, and nothing while its store is away', async () => {
    const { feed, changes } = openFeed();
    changes.append(2);
    await expect(feed.head()).resolves.toBe('first:2');
    changes.isAway = true;
    await expect(feed.head()).resolves.toBeNull();
  });

  it('reads and hydrates each change once, however many subscribe', async () => {
    const { feed, changes, hydrations, subscribe } = openFeed();
    const streams = Array.from({ length: 50 }, () => subscribe());
    await Promise.all(streams.map((stream) => stream.next()));
    const before = hydrations();
    for (let count = 1; count <= 3; count += 1) {
      changes.append(1);
      const cursors = await Promise.all(streams.map((stream) => cursorOf(stream.next())));
      expect(new Set(cursors)).toEqual(new Set([`first:${String(count)}`]));
    }
    expect(hydrations() - before).toBe(3);
    await feed.stop();
  });

  it('reads once for all who come back from the same place at the same time', async () => {
    const { feed, changes, hydrations, subscribe } = openFeed();
    changes.append(500);
    const streams = Array.from({ length: 50 }, () => subscribe('first:0'));
    await Promise.all(
      streams.map(async (stream) => {
        for (let count = 1; count <= 500; count += 1) {
          expect(await cursorOf(stream.next())).toBe(`first:${String(count)}`);
        }
      }),
    );
    expect(hydrations()).toBeLessThan(10);
    await feed.stop();
  });

  it('reads nothing while nobody subscribes', async () => {
    const { feed, changes, subscribe } = openFeed();
    const stream = subscribe();
    await stream.next();
    await stream.return?.();
    await turn();
    const before = changes.reads.length;
    changes.append(10);
    await turn();
    expect(changes.reads).toHaveLength(before);
    await feed.stop();
  });

  it('goes on after the store was away, and misses nothing', async () => {
    const { feed, changes, subscribe, pass } = openFeed();
    const stream = subscribe();
    await stream.next();
    changes.isAway = true;
    changes.append(2);
    const waiting = cursorOf(stream.next());
    await turn();
    pass(secondMs);
    await turn();
    changes.isAway = false;
    pass(secondMs);
    expect(await waiting).toBe('first:1');
    expect(await cursorOf(stream.next())).toBe('first:2');
    await feed.stop();
  });

  it('fails the stream of one who needs the store while it is away, and serves the next', async () => {
    const { feed, changes, subscribe } = openFeed();
    changes.append(3);
    changes.isAway = true;
    await expect(subscribe('first:1').next()).rejects.toThrow(StoreUnavailableError);
    expect(feed.subscribers).toBe(0);
    changes.isAway = false;
    expect(await cursorOf(subscribe('first:1').next())).toBe('first:2');
    await feed.stop();
  });

  it('tells live readers to refetch when the log under it is another one', async () => {
    const { feed, changes, subscribe } = openFeed();
    changes.append(3);
    const stream = subscribe();
    await stream.next();
    changes.replace();
    changes.append(2);
    expect(await stream.next()).toMatchObject({ value: { type: 'RESYNC', cursor: 'second:2' } });
    changes.append(1);
    expect(await cursorOf(stream.next())).toBe('second:3');
    await feed.stop();
  });

  it('removes what is older than 48 hours a minute after the start and every hour, also after a failure', async () => {
    const { feed, changes, clock, pass } = openFeed();
    pass(minuteMs - 1);
    expect(changes.prunes).toEqual([]);
    pass(1);
    changes.isAway = true;
    pass(hourMs);
    await turn();
    pass(hourMs);
    expect(changes.prunes).toEqual([2, 1, 0].map((hours) => clock.now() - (48 + hours) * hourMs));
    await feed.stop();
    pass(hourMs);
    expect(changes.prunes).toHaveLength(3);
  });

  it('measures the time from a change to the ring, and counts subscribers', async () => {
    const { feed, changes, clock, metrics, subscribe } = openFeed();
    const stream = subscribe();
    await stream.next();
    changes.append(1, clock.now() - 40);
    await stream.next();
    const text = await metrics.registry.metrics();
    expect(text).toContain('whatsapp_event_subscribers 1');
    expect(text).toContain('whatsapp_event_lag_seconds_bucket{le="0.01"} 0');
    expect(text).toContain('whatsapp_event_lag_seconds_bucket{le="0.05"} 1');
    await feed.stop();
    expect(await metrics.registry.metrics()).toContain('whatsapp_event_subscribers 0');
  });
});
