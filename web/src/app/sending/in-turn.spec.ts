import { deferred, settled } from '../../testing/settled';
import { takesTurns } from './in-turn';

/** Locks as the browsers have them: one holder for each name, the others in the order of asking. */
function someLocks() {
  let last: Promise<unknown> = Promise.resolve();
  return {
    request: (_name: string, { signal }: LockOptions, work: () => unknown) => {
      const turn = last.then(() => {
        signal?.throwIfAborted();
        return work();
      });
      last = turn.catch(() => undefined);
      const refused = new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => {
          reject(new DOMException('Waited too long', 'TimeoutError'));
        });
      });
      return Promise.race([turn, refused]);
    },
  };
}

describe('takesTurns', () => {
  const locksOf = (locks: ReturnType<typeof someLocks>) => locks as unknown as LockManager;

  it('lets one page work after the other', async () => {
    const locks = locksOf(someLocks());
    const first = deferred<string>();
    const done: string[] = [];
    void takesTurns('send', locks)(() => first.promise).then((word) => done.push(word));
    void takesTurns('send', locks)(() => Promise.resolve('second')).then((word) => done.push(word));
    await settled();
    expect(done).toEqual([]);
    first.resolve('first');
    await settled();
    expect(done).toEqual(['first', 'second']);
  });

  it('goes on after a page that failed, which hears of it', async () => {
    const turn = takesTurns('send', locksOf(someLocks()));
    await expect(turn(() => Promise.reject(new Error('no network')))).rejects.toThrow('no network');
    await expect(turn(() => Promise.resolve('next'))).resolves.toBe('next');
  });

  it('does not wait for a page that is asleep', async () => {
    const asleep = jest.spyOn(AbortSignal, 'timeout').mockReturnValue(AbortSignal.abort());
    const locks = locksOf(someLocks());
    await expect(takesTurns('send', locks)(() => Promise.resolve('sent'))).resolves.toBe('sent');
    asleep.mockRestore();
  });

  it('waits for nobody where there are no locks', async () => {
    await expect(takesTurns('send', undefined)(() => Promise.resolve(1))).resolves.toBe(1);
  });
});
