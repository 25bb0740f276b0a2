import type { Collections } from '../../../api/storage/mongo/collections.ts';

/** How a process dies, as its database sees it. */
export interface Death {
  /** So many writes happen; none after them. */
  readonly afterWrites: number;
  /** The one after them happens as well, but nobody learns so. */
  readonly isAnswerLost: boolean;
}

export interface Dying {
  readonly collections: Collections;
  /** How many writes were asked for until now. */
  writes(): number;
}

const writing = new Set([
  'insertOne',
  'insertMany',
  'updateOne',
  'updateMany',
  'replaceOne',
  'deleteOne',
  'deleteMany',
  'bulkWrite',
  'findOneAndUpdate',
  'findOneAndReplace',
  'findOneAndDelete',
]);

export class DiedError extends Error {
  override readonly name = 'DiedError';
}

/** Collections of a process that dies at one of its writes. What it reads it still reads. */
export function dyingCollections(collections: Collections, death: Death): Dying {
  let asked = 0;

  function wrap<Wrapped extends object>(collection: Wrapped): Wrapped {
    return new Proxy(collection, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== 'function') return value;
        const method = value.bind(target) as (...given: unknown[]) => unknown;
        return typeof name === 'string' && writing.has(name) ? dying(method) : method;
      },
    });
  }

  function dying(write: (...given: unknown[]) => unknown) {
    return async (...given: unknown[]) => {
      asked += 1;
      if (asked <= death.afterWrites) return write(...given);
      if (asked === death.afterWrites + 1 && death.isAnswerLost) await write(...given);
      throw new DiedError(`Died at write ${String(asked)}`);
    };
  }

  return {
    collections: {
      identifiers: wrap(collections.identifiers),
      contacts: wrap(collections.contacts),
      conversations: wrap(collections.conversations),
      messages: wrap(collections.messages),
      lines: wrap(collections.lines),
      numbers: wrap(collections.numbers),
      receipts: wrap(collections.receipts),
      heldStatuses: wrap(collections.heldStatuses),
      deliveries: wrap(collections.deliveries),
      rejections: wrap(collections.rejections),
      rejectionCounts: wrap(collections.rejectionCounts),
      settings: wrap(collections.settings),
      searchWords: wrap(collections.searchWords),
      marks: wrap(collections.marks),
    },
    writes: () => asked,
  };
}
