import 'fake-indexeddb/auto';
import { aConversation, aMessage } from '../../testing/people';
import { InboxDatabase } from './inbox-database';
import type { KeptChat, KeptInbox } from './kept-inbox';

function chat(id: string, ...numbers: number[]): KeptChat {
  const messages = numbers.map((n) => aMessage(n));
  return { id, conversation: aConversation(id), messages, olderCursor: null };
}

function inbox(cursor: string, ...chats: KeptChat[]): KeptInbox {
  const conversations = [aConversation('cnv_1')];
  return { cursor, asOfMs: 5, needsSession: true, conversations, unreadTotal: 2, chats };
}

const all = new Set(['cnv_1', 'cnv_2']);
const none = new Set<string>();

describe('InboxDatabase', () => {
  beforeEach(() => new InboxDatabase('shape').clear());

  it('gives back what was written last, chats in their order', async () => {
    const database = new InboxDatabase('shape');
    await expect(database.read()).resolves.toBeNull();
    const kept = inbox('c1', chat('cnv_2', 1), chat('cnv_1', 2, 3));
    await expect(database.write({ kept, changed: all })).resolves.toBe(true);
    await expect(new InboxDatabase('shape').read()).resolves.toEqual(kept);
  });

  it('writes the chats that have changed, and lets go of those that are no longer kept', async () => {
    const database = new InboxDatabase('shape');
    const first = inbox('c1', chat('cnv_1', 1), chat('cnv_2', 1));
    await database.write({ kept: first, changed: all });
    const next = inbox('c2', chat('cnv_1', 1, 2), chat('cnv_2', 1, 9));
    await database.write({ kept: next, changed: new Set(['cnv_1']) });
    await expect(database.read()).resolves.toEqual(
      inbox('c2', chat('cnv_1', 1, 2), chat('cnv_2', 1)),
    );
    await database.write({ kept: inbox('c3', chat('cnv_1', 1, 2)), changed: none });
    await expect(database.read()).resolves.toEqual(inbox('c3', chat('cnv_1', 1, 2)));
  });

  it('writes everything where another page wrote meanwhile', async () => {
    const [one, other] = [new InboxDatabase('shape'), new InboxDatabase('shape')];
    await one.write({ kept: inbox('c1', chat('cnv_1', 1)), changed: all });
    await other.write({ kept: inbox('c2', chat('cnv_1', 1, 2), chat('cnv_2', 1)), changed: all });
    await one.write({ kept: inbox('c3', chat('cnv_1', 1, 2, 3)), changed: none });
    await expect(other.read()).resolves.toEqual(inbox('c3', chat('cnv_1', 1, 2, 3)));
  });

  it('forgets what a build wrote that asked for other fields', async () => {
    await new InboxDatabase('old').write({ kept: inbox('c1', chat('cnv_1', 1)), changed: all });
    await expect(new InboxDatabase('new').read()).resolves.toBeNull();
    await expect(new InboxDatabase('old').read()).resolves.toBeNull();
  });

  it('refuses a page that has not heard of the sign-out, and takes the next sign-in', async () => {
    const [asleep, other] = [new InboxDatabase('shape'), new InboxDatabase('shape')];
    await asleep.write({ kept: inbox('c1'), changed: none });
    await other.clear();
    await expect(asleep.write({ kept: inbox('c2'), changed: none })).resolves.toBe(false);
    await expect(other.read()).resolves.toBeNull();
    await other.write({ kept: inbox('c3'), changed: none });
    await expect(asleep.write({ kept: inbox('c4'), changed: none })).resolves.toBe(false);
    await expect(other.read()).resolves.toMatchObject({ cursor: 'c3' });
  });

  it('refuses a page that found nothing at its start and slept through the sign-out', async () => {
    const [asleep, other] = [new InboxDatabase('shape'), new InboxDatabase('shape')];
    await expect(asleep.read()).resolves.toBeNull();
    await other.write({ kept: inbox('c1'), changed: none });
    await other.clear();
    await expect(asleep.write({ kept: inbox('c2'), changed: none })).resolves.toBe(false);
    await expect(other.read()).resolves.toBeNull();
  });

  it('takes what a page writes that has looked again since the sign-out', async () => {
    const [page, other] = [new InboxDatabase('shape'), new InboxDatabase('shape')];
    await page.write({ kept: inbox('c1'), changed: none });
    await other.clear();
    await expect(page.read()).resolves.toBeNull();
    await expect(page.write({ kept: inbox('c2'), changed: none })).resolves.toBe(true);
  });

  it('lets two pages begin with nothing', async () => {
    indexedDB.deleteDatabase('inbox');
    const pages = [new InboxDatabase('shape'), new InboxDatabase('shape')];
    await Promise.all(pages.map((page) => page.read()));
    for (const page of pages)
      await expect(page.write({ kept: inbox('c1'), changed: none })).resolves.toBe(true);
  });

  it('says that there is no room where the browser ends the write for it', async () => {
    const database = new InboxDatabase('shape');
    await database.read();
    const put = jest.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
      this: IDBObjectStore,
    ) {
      // As browsers do: the request is told of an abort, its transaction why.
      const { transaction } = this;
      const request = this.get('any');
      Object.defineProperty(transaction, 'error', {
        get: () => new DOMException('full', 'QuotaExceededError'),
      });
      transaction.abort();
      return request;
    });
    const write = database.write({ kept: inbox('c1'), changed: none });
    await expect(
      write.finally(() => {
        put.mockRestore();
      }),
    ).rejects.toMatchObject({ name: 'QuotaExceededError' });
  });

  it('leaves what was there where a write fails', async () => {
    const database = new InboxDatabase('shape');
    await database.write({ kept: inbox('c1', chat('cnv_1', 1)), changed: all });
    const unwritable = Object.assign(chat('cnv_2', 1), { what: () => 'no database takes' });
    const broken = inbox('c2', chat('cnv_1', 1, 2), unwritable);
    await expect(database.write({ kept: broken, changed: all })).rejects.toThrow();
    await expect(database.read()).resolves.toEqual(inbox('c1', chat('cnv_1', 1)));
    await database.write({ kept: inbox('c3', chat('cnv_1', 1, 2)), changed: none });
    await expect(database.read()).resolves.toEqual(inbox('c3', chat('cnv_1', 1, 2)));
  });
});
