import { openDB } from 'idb';
import type { DBSchema, IDBPDatabase } from 'idb';
import { newId } from '../ui/new-id';
import type { KeptChat, KeptInbox } from './kept-inbox';

/** The form of the records; the fields of the messages in them are named by their query. */
const formatNumber = 2;
/** Of the stores. */
const version = 2;

interface Heading extends Omit<KeptInbox, 'chats'> {
  readonly format: string;
  /** The page that wrote it. */
  readonly writer: string;
  /** The ids of the chats. */
  readonly order: readonly string[];
}

interface Schema extends DBSchema {
  heading: { key: 'inbox'; value: Heading };
  chats: { key: string; value: KeptChat };
  /** Of this sign-in: there from the first start on, another one after everything was forgotten. */
  epoch: { key: 'now'; value: string };
}

const stores = ['heading', 'chats', 'epoch'] as const;

export interface WriteRequest {
  readonly kept: KeptInbox;
  /** The chats that differ from what this page wrote last. */
  readonly changed: ReadonlySet<string>;
}

/** The inbox in IndexedDB. All that is read belongs to one write: each is one transaction. */
export class InboxDatabase {
  private readonly format: string;
  private readonly writer = newId();
  private opened: Promise<IDBPDatabase<Schema>> | null = null;
  private epoch: string | null = null;
  /** The chats as this page wrote them last; null where that is not known. */
  private written: ReadonlySet<string> | null = null;

  constructor(shape: string) {
    this.format = `${String(formatNumber)}.${shape}`;
  }

  /** Null when there is nothing, or nothing that this build understands. */
  async read(): Promise<KeptInbox | null> {
    const database = await this.open();
    const transaction = database.transaction(stores);
    const [heading, chats, epoch] = await Promise.all([
      transaction.objectStore('heading').get('inbox'),
      transaction.objectStore('chats').getAll(),
      transaction.objectStore('epoch').get('now'),
    ]);
    this.epoch = epoch ?? (await firstEpoch(database));
    if (heading === undefined) return null;
    if (heading.format !== this.format) {
      await this.clear();
      return null;
    }
    const known = new Map(chats.map((chat) => [chat.id, chat]));
    const { cursor, asOfMs, needsSession, conversations, unreadTotal, order } = heading;
    const inOrder = order.flatMap((id) => known.get(id) ?? []);
    return { cursor, asOfMs, needsSession, conversations, unreadTotal, chats: inOrder };
  }

  /** False when everything was forgotten since this page read or wrote: what it has belongs to nobody then. */
  async write({ kept, changed }: WriteRequest): Promise<boolean> {
    const database = await this.open();
    this.epoch ??= await firstEpoch(database);
    const transaction = database.transaction(stores, 'readwrite');
    const [heading, chats] = [transaction.objectStore('heading'), transaction.objectStore('chats')];
    if ((await transaction.objectStore('epoch').get('now')) !== this.epoch) return false;
    const before = await heading.get('inbox');
    const isOurs = before?.writer === this.writer && before.format === this.format;
    const written = isOurs ? this.written : null;
    this.written = null;
    const { chats: keptChats, ...inbox } = kept;
    const order = keptChats.map(({ id }) => id);
    const gone = [...(written ?? [])].filter((id) => !order.includes(id));
    const differing = keptChats.filter(({ id }) => written?.has(id) !== true || changed.has(id));
    const requests: Promise<unknown>[] = [transaction.done];
    try {
      if (written === null) requests.push(chats.clear());
      for (const id of gone) requests.push(chats.delete(id));
      for (const chat of differing) requests.push(chats.put(chat));
      const { format, writer } = this;
      requests.push(heading.put({ ...inbox, order, format, writer }, 'inbox'));
      await Promise.all(requests);
    } catch (error) {
      // All or nothing: what was there stays.
      abort(transaction);
      await Promise.allSettled(requests);
      // A request of a transaction that the browser has ended knows only that; its transaction knows why.
      throw transaction.error ?? error;
    }
    this.written = new Set(order);
    return true;
  }

  /** Forgets everything; what comes after belongs to another sign-in. */
  async clear(): Promise<void> {
    this.written = null;
    const epoch = newId();
    const transaction = (await this.open()).transaction(stores, 'readwrite');
    await Promise.all([
      transaction.objectStore('heading').clear(),
      transaction.objectStore('chats').clear(),
      transaction.objectStore('epoch').put(epoch, 'now'),
      transaction.done,
    ]);
    this.epoch = epoch;
  }

  private open(): Promise<IDBPDatabase<Schema>> {
    this.opened ??= this.openAnew();
    return this.opened;
  }

  private openAnew(): Promise<IDBPDatabase<Schema>> {
    const opening = openDB<Schema>('inbox', version, {
      upgrade(database, before) {
        if (before < 1) {
          database.createObjectStore('heading');
          database.createObjectStore('chats', { keyPath: 'id' });
        }
        database.createObjectStore('epoch');
      },
      // A person deletes the site's data, or a later version of the app brings its own form.
      blocking: (_current, _next, event) => {
        if (event.target instanceof IDBDatabase) event.target.close();
        this.opened = null;
      },
      terminated: () => {
        this.opened = null;
      },
    });
    // Blocked or out of space for now: the next one who asks may have more luck.
    opening.catch(() => {
      this.opened = null;
    });
    return opening;
  }
}

/** Of pages that begin at the same time, the first one says which. */
async function firstEpoch(database: IDBPDatabase<Schema>): Promise<string> {
  const transaction = database.transaction('epoch', 'readwrite');
  const epoch = (await transaction.store.get('now')) ?? newId();
  await Promise.all([transaction.store.put(epoch, 'now'), transaction.done]);
  return epoch;
}

function abort(transaction: { abort: () => void }): void {
  try {
    transaction.abort();
  } catch {
    // It has failed by itself.
  }
}
