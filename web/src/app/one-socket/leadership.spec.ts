import { settled } from '../../testing/settled';
import { LockLeadership } from './leadership';

type Request = LockManager['request'];

/** The lock of a browser: it goes to who has waited longest, and to who steals it at once. */
function lockOfBrowser() {
  const waiting: { hold: () => unknown; end: (error?: Error) => void; isWanted: () => boolean }[] =
    [];
  let holder: (typeof waiting)[number] | null = null;
  const next = (): void => {
    holder = waiting.shift() ?? null;
    if (holder === null) return;
    const mine = holder;
    if (!mine.isWanted()) {
      mine.end(new Error('not wanted any more'));
      next();
      return;
    }
    void Promise.resolve(mine.hold()).then(() => {
      if (holder !== mine) return;
      mine.end();
      next();
    });
  };
  const request = (_name: string, { steal, signal }: LockOptions, hold: () => unknown) =>
    new Promise<void>((resolve, reject) => {
      const end = (error?: Error): void => {
        if (error === undefined) resolve();
        else reject(error);
      };
      const asker = { hold, end, isWanted: () => signal?.aborted !== true };
      if (steal === true) {
        const former = holder;
        waiting.unshift(asker);
        next();
        former?.end(new Error('stolen'));
      } else {
        waiting.push(asker);
        if (holder === null) next();
      }
    });
  return { request: request as unknown as Request };
}

describe('LockLeadership', () => {
  const leads = (...pages: readonly LockLeadership[]) => pages.map((page) => page.isOurs());

  it('is of one page, and of the next one when that rests', async () => {
    const locks = lockOfBrowser();
    const [one, two] = [new LockLeadership('live', locks), new LockLeadership('live', locks)];
    const changes: boolean[] = [];
    two.changes.subscribe((isOurs) => changes.push(isOurs));
    one.wait();
    two.wait();
    two.wait();
    await settled();
    expect(leads(one, two)).toEqual([true, false]);
    one.rest();
    await settled();
    expect(leads(one, two)).toEqual([false, true]);
    two.rest();
    expect(changes).toEqual([false, true, false]);
  });

  it('can be seized, and goes back in turn', async () => {
    const locks = lockOfBrowser();
    const [one, two] = [new LockLeadership('live', locks), new LockLeadership('live', locks)];
    one.wait();
    two.wait();
    await settled();
    two.seize();
    await settled();
    expect(leads(one, two)).toEqual([false, true]);
    two.rest();
    await settled();
    expect(leads(one, two)).toEqual([true, false]);
  });

  it('is not taken by a page that does not wait any more', async () => {
    const locks = lockOfBrowser();
    const [one, two] = [new LockLeadership('live', locks), new LockLeadership('live', locks)];
    one.wait();
    two.wait();
    two.rest();
    one.rest();
    await settled();
    expect(leads(one, two)).toEqual([false, false]);
    two.wait();
    await settled();
    expect(leads(one, two)).toEqual([false, true]);
  });
});
