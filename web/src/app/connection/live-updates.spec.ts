import { Subject } from 'rxjs';
import { aMessage } from '../../testing/people';
import { deferred, settled } from '../../testing/settled';
import { LiveUpdates, loadBesideEvents } from './live-updates';
import type { LiveEvent } from './live-updates';

function event(cursor: string, type: LiveEvent['type'] = 'MESSAGE_ADDED'): LiveEvent {
  return { cursor, type, message: aMessage(Number(cursor)), conversation: null };
}

describe('LiveUpdates', () => {
  /** One per connection made, with the cursor that it was made with. */
  let streams: { after: string | null; stream: Subject<LiveEvent> }[];
  let answered: ReturnType<typeof deferred<string | null>>;
  let updates: LiveUpdates;
  let cursors: string[];
  let resyncs: number;

  beforeEach(() => {
    jest.useFakeTimers();
    streams = [];
    cursors = [];
    resyncs = 0;
    answered = deferred();
    updates = new LiveUpdates({
      open: (after) => {
        const stream = new Subject<LiveEvent>();
        streams.push({ after, stream });
        return stream;
      },
      head: () => answered.promise,
    });
    updates.events.subscribe(({ cursor }) => cursors.push(cursor));
    updates.resyncs.subscribe(() => {
      resyncs += 1;
    });
    updates.start();
  });
  afterEach(() => {
    updates.stop();
    jest.useRealTimers();
  });

  const newest = () => streams.at(-1)?.stream;
  const becomeLive = (): void => {
    updates.connected();
    newest()?.next(event('10', 'READY'));
  };

  it('is live with the first READY, and has everything loaded anew', () => {
    expect(updates.state()).toBe('connecting');
    becomeLive();
    expect(updates.state()).toBe('live');
    expect(resyncs).toBe(1);
    newest()?.next(event('11'));
    expect(cursors).toEqual(['11']);
  });

  it('goes on from where the server was asked, and is live as soon as it is there', async () => {
    updates.stop();
    let beginnings = 0;
    updates.beginnings.subscribe(() => {
      beginnings += 1;
    });
    updates.start({ after: '5', asOfMs: null });
    expect(streams.at(-1)?.after).toBe('5');
    expect(beginnings).toBe(1);
    expect(updates.state()).toBe('connecting');
    updates.connected();
    expect(updates.state()).toBe('live');
    expect(resyncs).toBe(0);
    newest()?.error(new Error('Socket closed'));
    await jest.advanceTimersByTimeAsync(300);
    expect(streams.at(-1)?.after).toBe('5');
    updates.connected();
    expect(updates.state()).toBe('catching-up');
  });

  it('catches up when the first connection took a second try', async () => {
    updates.stop();
    updates.start({ after: '5', asOfMs: null });
    newest()?.error(new Error('Refused'));
    await jest.advanceTimersByTimeAsync(300);
    updates.connected();
    expect(updates.state()).toBe('catching-up');
  });

  it('resumes after the last event, however the stream ended', async () => {
    becomeLive();
    newest()?.next(event('11'));
    newest()?.error(new Error('Socket closed'));
    expect(updates.state()).toBe('offline');
    await jest.advanceTimersByTimeAsync(300);
    expect(streams.at(-1)?.after).toBe('11');
    newest()?.next(event('12'));
    newest()?.complete();
    await jest.advanceTimersByTimeAsync(10_000);
    expect(streams.at(-1)?.after).toBe('12');
    expect(cursors).toEqual(['11', '12']);
    expect(resyncs).toBe(1);
  });

  it('goes on from where the page was before, and catches up', async () => {
    updates.stop();
    updates.start({ after: '7', asOfMs: 1_000 });
    expect(streams.at(-1)?.after).toBe('7');
    expect(updates.asOfMs()).toBe(1_000);
    expect(updates.place()).toEqual({ after: '7', asOfMs: 1_000 });
    updates.connected();
    expect(updates.state()).toBe('catching-up');
    newest()?.next(event('8'));
    answered.resolve('8');
    await settled();
    expect(updates.state()).toBe('live');
    expect(updates.asOfMs()).toBeNull();
    expect(updates.place()).toEqual({ after: '8', asOfMs: Date.now() });
    expect(resyncs).toBe(0);
  });

  it('tells as of when everything is known while it is not live', async () => {
    becomeLive();
    const lostAtMs = Date.now();
    newest()?.error(new Error('Socket closed'));
    await jest.advanceTimersByTimeAsync(5_000);
    newest()?.error(new Error('Refused'));
    expect(updates.asOfMs()).toBe(lostAtMs);
  });

  async function loseAndReturn(): Promise<void> {
    newest()?.error(new Error('Socket closed'));
    await jest.advanceTimersByTimeAsync(300);
    updates.connected();
    expect(updates.state()).toBe('catching-up');
  }

  it('tells as of when it fell asleep, where the loss is noticed on waking', async () => {
    becomeLive();
    await jest.advanceTimersByTimeAsync(60_000);
    const asleepAtMs = Date.now();
    jest.setSystemTime(asleepAtMs + 2 * 60 * 60_000);
    expect(updates.place().asOfMs).toBe(asleepAtMs);
    newest()?.error(new Error('Socket closed'));
    expect(updates.asOfMs()).toBe(asleepAtMs);
  });

  it('is live again at once where nothing was missed', async () => {
    becomeLive();
    await loseAndReturn();
    answered.resolve('10');
    await settled();
    expect(updates.state()).toBe('live');
  });

  it('is live again at once where events later than the newest came before the answer', async () => {
    becomeLive();
    await loseAndReturn();
    for (const cursor of ['11', '12', '13']) newest()?.next(event(cursor));
    answered.resolve('11');
    await settled();
    expect(updates.state()).toBe('live');
  });

  it('waits longer for the first event that was missed', async () => {
    becomeLive();
    await loseAndReturn();
    answered.resolve('11');
    await jest.advanceTimersByTimeAsync(2_500);
    expect(updates.state()).toBe('catching-up');
    newest()?.next(event('11'));
    expect(updates.state()).toBe('live');
  });

  it('tells as of now before the first connection, where the server was asked just now', () => {
    updates.stop();
    updates.start({ after: '5', asOfMs: null });
    expect(updates.place()).toEqual({ after: '5', asOfMs: Date.now() });
  });

  it('is live again with the newest event that was missed, and not before', async () => {
    becomeLive();
    const states: string[] = [];
    updates.events.subscribe(() => states.push(updates.state()));
    await loseAndReturn();
    newest()?.next(event('11'));
    answered.resolve('13');
    await settled();
    newest()?.next(event('12'));
    newest()?.next(event('13'));
    expect(updates.state()).toBe('live');
    expect(states).toEqual(['catching-up', 'catching-up', 'catching-up']);
  });

  it.each([
    ['an unknown head', 'other'],
    ['none', null],
  ])('is live again when nothing more comes, where the server names %s', async (_name, head) => {
    becomeLive();
    await loseAndReturn();
    answered.resolve(head);
    for (const cursor of ['11', '12', '13']) {
      await jest.advanceTimersByTimeAsync(900);
      newest()?.next(event(cursor));
    }
    expect(updates.state()).toBe('catching-up');
    await jest.advanceTimersByTimeAsync(2_000);
    expect(updates.state()).toBe('live');
  });

  it('is live again in the end where events never cease', async () => {
    becomeLive();
    await loseAndReturn();
    answered.reject(new Error('no answer'));
    for (let n = 11; n < 200; n += 1) {
      newest()?.next(event(String(n)));
      await jest.advanceTimersByTimeAsync(100);
    }
    expect(updates.state()).toBe('live');
  });

  it('stays offline when the connection is lost again while catching up', async () => {
    becomeLive();
    newest()?.error(new Error('Socket closed'));
    await jest.advanceTimersByTimeAsync(300);
    updates.connected();
    newest()?.error(new Error('Socket closed'));
    answered.resolve(null);
    await jest.advanceTimersByTimeAsync(200);
    expect(updates.state()).toBe('offline');
  });

  it('has everything loaded anew when the log no longer reaches back', async () => {
    becomeLive();
    newest()?.error(new Error('Socket closed'));
    await jest.advanceTimersByTimeAsync(300);
    newest()?.next(event('99', 'RESYNC'));
    expect(resyncs).toBe(2);
    expect(updates.state()).toBe('live');
    newest()?.error(new Error('Socket closed'));
    await jest.advanceTimersByTimeAsync(600);
    expect(streams.at(-1)?.after).toBe('99');
  });

  it('tries for ever, ten seconds apart at most', async () => {
    for (let failures = 0; failures < 50; failures += 1) {
      newest()?.error(new Error('Refused'));
      await jest.advanceTimersByTimeAsync(10_000);
    }
    expect(streams).toHaveLength(51);
    becomeLive();
    expect(updates.state()).toBe('live');
  });

  it('tries at once when woken', async () => {
    for (let failures = 0; failures < 8; failures += 1) {
      newest()?.error(new Error('Refused'));
      await jest.advanceTimersByTimeAsync(10_000);
    }
    newest()?.error(new Error('Refused'));
    const before = streams.length;
    updates.wake();
    await settled();
    expect(streams).toHaveLength(before + 1);
  });

  it('opens nothing after it was stopped, and begins anew when started', async () => {
    becomeLive();
    newest()?.error(new Error('Socket closed'));
    updates.stop();
    await jest.advanceTimersByTimeAsync(20_000);
    expect(streams).toHaveLength(1);
    updates.start();
    expect(streams.map(({ after }) => after)).toEqual([null, null]);
  });

  it('opens one connection when started while the former one waits', async () => {
    newest()?.error(new Error('Refused'));
    updates.stop();
    updates.start();
    await jest.advanceTimersByTimeAsync(20_000);
    expect(streams).toHaveLength(2);
  });
});

describe('loadBesideEvents', () => {
  it('applies again what came while the answer was under way, and nothing later', async () => {
    const events = new Subject<LiveEvent>();
    const answer = deferred<string>();
    const applied: string[] = [];
    const done = loadBesideEvents({
      events,
      load: () => answer.promise,
      apply: (loaded) => applied.push(loaded),
      reapply: ({ cursor }) => applied.push(cursor),
    });
    events.next(event('1'));
    events.next(event('2'));
    answer.resolve('page');
    await done;
    events.next(event('3'));
    expect(applied).toEqual(['page', '1', '2']);
    expect(events.observed).toBe(false);
  });

  it('passes on a failure and applies nothing', async () => {
    const events = new Subject<LiveEvent>();
    const apply = jest.fn();
    const load = () => Promise.reject(new Error('no connection'));
    await expect(loadBesideEvents({ events, load, apply, reapply: apply })).rejects.toThrow(
      'no connection',
    );
    expect(apply).not.toHaveBeenCalled();
    expect(events.observed).toBe(false);
  });
});
