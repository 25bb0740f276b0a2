import type { Store } from '../../../api/storage/store.ts';

export interface WatchedStore {
  readonly store: Store;
  /** How often each method was called since the last `reset`, as `messages.page`. */
  readonly calls: ReadonlyMap<string, number>;
  reset(): void;
  /** From now on this method rejects with this error; null: it works again. */
  fail(method: string, error: Error | null): void;
}

/** The store itself, its calls counted, some of them failing. */
export function watchStore(store: Store): WatchedStore {
  const calls = new Map<string, number>();
  const failures = new Map<string, Error>();

  function watched<Part extends object>(name: string, part: Part): Part {
    return new Proxy(part, {
      get(target, property) {
        const value: unknown = Reflect.get(target, property);
        if (typeof value !== 'function') return value;
        const method = `${name}.${String(property)}`;
        return (...given: unknown[]): unknown => {
          calls.set(method, (calls.get(method) ?? 0) + 1);
          const failure = failures.get(method);
          if (failure !== undefined) return Promise.reject(failure);
          return Reflect.apply(value, target, given);
        };
      },
    });
  }

  return {
    store: {
      ...store,
      messages: watched('messages', store.messages),
      conversations: watched('conversations', store.conversations),
      changes: watched('changes', store.changes),
    },
    calls,
    reset() {
      calls.clear();
    },
    fail(method, error) {
      if (error === null) failures.delete(method);
      else failures.set(method, error);
    },
  };
}
