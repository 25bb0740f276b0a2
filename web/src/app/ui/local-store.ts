const prefix = 'inbox.';

/**
 * Text kept in this browser across reloads: drafts and what is not sent yet. Where the browser
 * blocks storage or it is full, the text is kept in memory, so that nothing typed gets lost while
 * the page is open.
 */
export class LocalStore {
  private readonly memory = new Map<string, string>();
  private readonly openStorage: () => Storage;

  constructor(openStorage = () => window.localStorage) {
    this.openStorage = openStorage;
  }

  read(key: string): string | null {
    return this.memory.get(key) ?? this.attempt((storage) => storage.getItem(prefix + key));
  }

  write(key: string, text: string): void {
    const isKept = this.attempt((storage) => {
      storage.setItem(prefix + key, text);
      return true;
    });
    if (isKept === true) this.memory.delete(key);
    else this.memory.set(key, text);
  }

  remove(key: string): void {
    this.memory.delete(key);
    this.attempt((storage) => {
      storage.removeItem(prefix + key);
    });
  }

  /** The keys that begin with `start`, in no order. */
  keys(start = ''): readonly string[] {
    const kept = this.attempt((storage) => Object.keys(storage)) ?? [];
    const own = kept.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
    return [...new Set([...own, ...this.memory.keys()])].filter((key) => key.startsWith(start));
  }

  /** By which key we know what the browser knows by this one; null for what is not ours. */
  ownKey(storageKey: string): string | null {
    return storageKey.startsWith(prefix) ? storageKey.slice(prefix.length) : null;
  }

  /** Forgets everything of ours: on signing out. */
  clear(): void {
    for (const key of this.keys()) this.remove(key);
  }

  private attempt<T>(use: (storage: Storage) => T): T | null {
    try {
      return use(this.openStorage());
    } catch {
      // Blocked by the browser (SecurityError) or full (QuotaExceededError).
      return null;
    }
  }
}
