import { gather } from './gather.ts';
import type { Outcome } from './gather.ts';

interface Write {
  readonly items: readonly string[];
  readonly end: (failed?: Outcome) => void;
  readonly fail: (error: Error) => void;
}

function gathering(limits: { readonly mostWrites: number; readonly mostItems: number }) {
  const writes: Write[] = [];
  const add = gather<string>({
    ...limits,
    write: (items) =>
      new Promise((resolve, reject) => {
        const end = (failed: Outcome = new Map()) => {
          resolve(failed);
        };
        writes.push({ items, end, fail: reject });
      }),
  });
  return { add, writes, items: () => writes.map((write) => write.items) };
}

/** The next write begins once the one before has ended. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('gather', () => {
  it('writes at once what comes alone', async () => {
    const { add, writes, items } = gathering({ mostWrites: 1, mostItems: 10 });
    const added = add('a');
    expect(items()).toEqual([['a']]);
    writes[0]?.end();
    await expect(added).resolves.toBeUndefined();
  });

  it('writes together what comes meanwhile, as many as fit', async () => {
    const { add, writes, items } = gathering({ mostWrites: 1, mostItems: 2 });
    const added = ['a', 'b', 'c', 'd'].map(add);
    writes[0]?.end();
    await added[0];
    await turn();
    expect(items()).toEqual([['a'], ['b', 'c']]);
    writes[1]?.end();
    await Promise.all(added.slice(1, 3));
    await turn();
    expect(items()).toEqual([['a'], ['b', 'c'], ['d']]);
    writes[2]?.end();
    await Promise.all(added);
  });

  it('goes on past a write that hangs', async () => {
    const { add, writes, items } = gathering({ mostWrites: 2, mostItems: 10 });
    void add('hangs');
    const [next, last] = [add('b'), add('c')];
    writes[1]?.end();
    await next;
    await turn();
    writes[2]?.end();
    await last;
    expect(items()).toEqual([['hangs'], ['b'], ['c']]);
  });

  it('fails those alone that failed', async () => {
    const { add, writes } = gathering({ mostWrites: 1, mostItems: 10 });
    const added = [add('a'), add('bad'), add('c')];
    writes[0]?.end();
    await added[0];
    await turn();
    writes[1]?.end(new Map([[0, new Error('taken')]]));
    await expect(added[1]).rejects.toThrow('taken');
    await expect(added[2]).resolves.toBeUndefined();
  });

  it('fails all of a write that failed, and goes on', async () => {
    const { add, writes } = gathering({ mostWrites: 1, mostItems: 10 });
    const [first, second] = [add('a'), add('b')];
    writes[0]?.fail(new Error('away'));
    await expect(first).rejects.toThrow('away');
    await turn();
    writes[1]?.end();
    await expect(second).resolves.toBeUndefined();
  });
});
