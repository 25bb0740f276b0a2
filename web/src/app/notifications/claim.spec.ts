import { claim } from './claim';

/** Locks as a browser keeps them for all its windows. */
function locksOfBrowser(): Pick<LockManager, 'request'> {
  const held = new Set<string>();
  const request = async (name: string, _options: unknown, use: (lock: Lock | null) => unknown) => {
    if (held.has(name)) return use(null);
    held.add(name);
    await use({ name, mode: 'exclusive' });
    held.delete(name);
    return undefined;
  };
  return { request } as unknown as LockManager;
}

describe('claiming a message', () => {
  it('goes to one window of all, for each message', async () => {
    const locks = locksOfBrowser();
    expect(await Promise.all(['m1', 'm1', 'm2', 'm1'].map((id) => claim(id, locks)))).toEqual([
      ...[true, false, true, false],
    ]);
  });

  it('goes to each where windows cannot agree', async () => {
    expect(await claim('m1', undefined)).toBe(true);
  });
});
