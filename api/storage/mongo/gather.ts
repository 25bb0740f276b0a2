/** What came of a write of many: the errors of those that failed, by their place. Throws where all did. */
export type Outcome = ReadonlyMap<number, unknown>;

export interface GatherOptions<Item> {
  readonly write: (items: readonly Item[]) => Promise<Outcome>;
  /** Writes that may be under way: one that hangs does not hold up everybody. */
  readonly mostWrites: number;
  readonly mostItems: number;
}

interface Waiting<Item> {
  readonly item: Item;
  readonly end: () => void;
  readonly fail: (error: unknown) => void;
}

/** Items that come while others are being written go together in the next write: a group commit. */
export function gather<Item>(options: GatherOptions<Item>): (item: Item) => Promise<void> {
  const { mostItems, mostWrites, write } = options;
  const waiting: Waiting<Item>[] = [];
  let writes = 0;

  async function writeSome(): Promise<void> {
    const some = waiting.splice(0, mostItems);
    try {
      const failed = await write(some.map(({ item }) => item));
      for (const [index, { end, fail }] of some.entries())
        if (failed.has(index)) fail(failed.get(index));
        else end();
    } catch (error) {
      for (const { fail } of some) fail(error);
    }
  }

  async function work(): Promise<void> {
    writes += 1;
    while (waiting.length > 0) await writeSome();
    writes -= 1;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, end: resolve, fail: reject });
      if (writes < mostWrites) void work();
    });
}
