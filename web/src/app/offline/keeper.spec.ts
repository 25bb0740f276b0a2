import { deferred, settled } from '../../testing/settled';
import type { WriteRequest } from './inbox-database';
import { Keeper } from './keeper';
import { most } from './kept-inbox';
import type { KeptInbox } from './kept-inbox';
import { aConversation } from '../../testing/people';

const day = 24 * 60 * 60_000;

function keptAt(asOfMs: number, change: Partial<KeptInbox> = {}): KeptInbox {
  const empty = { needsSession: false, conversations: [], unreadTotal: 0, chats: [] };
  return { cursor: 'c1', asOfMs, ...empty, ...change };
}

describe('Keeper', () => {
  let written: WriteRequest[];
  let stored: KeptInbox | null;
  let kept: KeptInbox | null;
  let isWriter: boolean;
  let write: (request: WriteRequest) => Promise<boolean>;
  let take: () => WriteRequest | null;
  let cleared: number;
  let maySee: boolean;
  let keeper: Keeper;

  beforeEach(() => {
    jest.useFakeTimers();
    written = [];
    stored = null;
    kept = keptAt(0);
    isWriter = true;
    maySee = true;
    cleared = 0;
    write = () => Promise.resolve(true);
    take = () => (kept === null ? null : { kept, changed: new Set() });
    keeper = new Keeper({
      database: {
        read: () => Promise.resolve(stored),
        write: (request) => {
          written.push(request);
          return write(request);
        },
        clear: () => {
          cleared += 1;
          return Promise.resolve();
        },
      },
      take: () => take(),
      isWriter: () => isWriter,
      maySee: () => maySee,
      now: () => 10 * day,
      whenIdle: (work) => {
        work();
      },
    });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('gives back what was kept, and forgets what is a week old', async () => {
    stored = keptAt(9 * day);
    await expect(keeper.start()).resolves.toBe(stored);
    stored = keptAt(2 * day);
    await expect(keeper.start()).resolves.toBeNull();
    expect(cleared).toBe(1);
  });

  it('forgets what nobody may see any more who is at this browser', async () => {
    stored = keptAt(9 * day);
    maySee = false;
    await expect(keeper.start()).resolves.toBeNull();
    expect(cleared).toBe(1);
  });

  it('writes many changes at once, a while after the first', async () => {
    await keeper.start();
    for (let n = 0; n < 50; n += 1) {
      keeper.changed();
      await jest.advanceTimersByTimeAsync(20);
    }
    expect(written).toEqual([]);
    await jest.advanceTimersByTimeAsync(2_000);
    expect(written).toHaveLength(1);
  });

  it('writes at once what is due when the page goes away, and nothing otherwise', async () => {
    await keeper.start();
    keeper.flush();
    keeper.changed();
    keeper.flush();
    await settled();
    expect(written).toHaveLength(1);
  });

  it.each([
    ['what is not complete', () => (kept = null)],
    ['beside the page that writes', () => (isWriter = false)],
  ])('does not write %s', async (_name, arrange) => {
    arrange();
    await keeper.start();
    keeper.changed();
    await jest.advanceTimersByTimeAsync(4_000);
    expect(written).toEqual([]);
  });

  it('does not begin a write before the one before it is done', async () => {
    const first = deferred<boolean>();
    write = () => first.promise;
    await keeper.start();
    keeper.changed();
    await jest.advanceTimersByTimeAsync(4_000);
    keeper.changed();
    await jest.advanceTimersByTimeAsync(4_000);
    expect(written).toHaveLength(1);
    first.resolve(true);
    await settled();
    expect(written).toHaveLength(2);
  });

  it('forgets after a write that is under way, and writes nothing more', async () => {
    const first = deferred<boolean>();
    write = () => first.promise;
    await keeper.start();
    keeper.changed();
    await jest.advanceTimersByTimeAsync(2_000);
    const forgotten = keeper.forget();
    await settled();
    expect(cleared).toBe(0);
    first.resolve(true);
    await forgotten;
    expect(cleared).toBe(1);
    keeper.changed();
    await jest.advanceTimersByTimeAsync(4_000);
    expect(written).toHaveLength(1);
  });

  it('keeps what a new sign-in brings, however soon it follows', async () => {
    await keeper.start();
    void keeper.forget();
    await keeper.start();
    expect(cleared).toBe(1);
    keeper.changed();
    await jest.advanceTimersByTimeAsync(2_000);
    expect(written).toHaveLength(1);
  });

  it('stops when another page has signed out', async () => {
    write = () => Promise.resolve(false);
    await keeper.start();
    keeper.changed();
    await jest.advanceTimersByTimeAsync(2_000);
    keeper.changed();
    await jest.advanceTimersByTimeAsync(2_000);
    expect(written).toHaveLength(1);
  });

  describe('where there is little room', () => {
    const minute = 60_000;
    beforeEach(() => {
      const conversations = Array.from({ length: 200 }, (_, n) => aConversation(String(n)));
      kept = keptAt(0, { conversations });
      write = () => Promise.reject(new DOMException('full', 'QuotaExceededError'));
    });
    const sizes = () => written.map((request) => request.kept.conversations.length);
    async function changes(times: number): Promise<void> {
      for (let n = 0; n < times; n += 1) {
        keeper.changed();
        await jest.advanceTimersByTimeAsync(2_000);
      }
    }

    it('keeps less, and nothing where there is none', async () => {
      await keeper.start();
      await changes(3);
      expect(sizes()).toEqual([200, most.conversations / 4]);
      expect(cleared).toBe(1);
    });

    it('tries again later', async () => {
      await keeper.start();
      await changes(3);
      write = () => Promise.resolve(true);
      keeper.changed();
      await jest.advanceTimersByTimeAsync(10 * minute);
      expect(sizes()).toEqual([200, most.conversations / 4, most.conversations / 4]);
    });
  });

  it('outlives errors that pass, with all that it has', async () => {
    const conversations = Array.from({ length: 200 }, (_, n) => aConversation(String(n)));
    kept = keptAt(0, { conversations });
    write = () => Promise.reject(new DOMException('closing', 'InvalidStateError'));
    await keeper.start();
    for (let n = 0; n < 3; n += 1) {
      keeper.changed();
      await jest.advanceTimersByTimeAsync(60_000);
    }
    write = () => Promise.resolve(true);
    // Without another change.
    await jest.advanceTimersByTimeAsync(60_000);
    expect(cleared).toBe(0);
    expect(written.at(-1)?.kept.conversations).toHaveLength(200);
    const { length } = written;
    await jest.advanceTimersByTimeAsync(60_000);
    expect(written).toHaveLength(length);
  });

  it('still forgets where what is to be kept could not be put together', async () => {
    await keeper.start();
    take = () => {
      throw new Error('A mistake of ours');
    };
    keeper.changed();
    await jest.advanceTimersByTimeAsync(2_000);
    await keeper.forget();
    expect(cleared).toBe(1);
  });

  it('works without a database', async () => {
    const none = () => Promise.reject(new DOMException('blocked', 'SecurityError'));
    const without = new Keeper({
      database: { read: none, write: none, clear: none },
      take: () => null,
      isWriter: () => true,
      maySee: () => true,
      now: () => 0,
      whenIdle: (work) => {
        work();
      },
    });
    await expect(without.start()).resolves.toBeNull();
    without.changed();
    await jest.advanceTimersByTimeAsync(4_000);
    await without.forget();
  });
});
