import type { Collections } from '../../api/storage/mongo/collections.ts';

/** Something happens just before the first such write to a message: what others do meanwhile. */
export function justBefore(
  collections: Collections,
  write: 'insertOne' | 'findOneAndUpdate',
  happens: () => Promise<unknown>,
): Collections {
  let isDue = true;
  const messages = new Proxy(collections.messages, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      const method = value.bind(target) as (...given: unknown[]) => unknown;
      if (name !== write || !isDue) return method;
      isDue = false;
      return async (...given: unknown[]) => {
        await happens();
        return method(...given);
      };
    },
  });
  return { ...collections, messages };
}
