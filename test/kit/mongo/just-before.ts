import type { Collections } from '../../../api/storage/mongo/collections.ts';

export interface AwaitedWrite {
  readonly to: 'messages' | 'numbers';
  readonly by: 'insertOne' | 'findOneAndUpdate' | 'updateOne';
}

/** Something happens just before the first such write: what others do meanwhile. */
export function justBefore(
  collections: Collections,
  { to, by }: AwaitedWrite,
  happens: () => Promise<unknown>,
): Collections {
  let isDue = true;
  const watched = new Proxy<object>(collections[to], {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      const method = value.bind(target) as (...given: unknown[]) => unknown;
      if (name !== by || !isDue) return method;
      isDue = false;
      return async (...given: unknown[]) => {
        await happens();
        return method(...given);
      };
    },
  });
  return { ...collections, [to]: watched };
}
