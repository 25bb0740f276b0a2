import { dayMs, hourMs } from '../../../api/clock.ts';
import type { LoggedChange } from '../../../api/events/events.ts';
import {
  claimAll,
  deliver,
  failureOf,
  inbound,
  nine,
  person,
  reaction,
  secondBusiness,
  send,
  status,
} from './deliveries.ts';
import { allChats, chatWith, messageOf } from './reading.ts';
import type { OpenStore, StoreUnderTest } from './store-under-test.ts';

const types = (changes: readonly LoggedChange[]) => changes.map(({ type }) => type);

export function describeChanges(open: OpenStore): void {
  describe('the log of changes', () => {
    let opened: StoreUnderTest;
    let start: string;
    beforeEach(async () => {
      opened = await open();
      start = await opened.store.changes.head();
    });
    afterEach(() => opened.close());

    async function since(cursor: string): Promise<readonly LoggedChange[]> {
      const changes = await opened.store.changes.read(cursor, 1_000);
      if (changes === null) throw new Error('The log does not know the cursor');
      return changes;
    }

    /** What an action writes into the log. */
    async function during(action: () => Promise<unknown>): Promise<string[]> {
      const before = await opened.store.changes.head();
      await action();
      return types(await since(before));
    }

    it('has an entry for a new message, with its conversation', async () => {
      await deliver(opened.store, inbound('w1'));
      const message = await messageOf(opened.store, 'w1');
      expect(await since(start)).toEqual([
        {
          cursor: await opened.store.changes.head(),
          type: 'MESSAGE_ADDED',
          at: opened.clock.now(),
          messageId: message.id,
          conversationId: message.conversationId,
        },
      ]);
    });

    it('has an entry for each step of a message, and only where something changed', async () => {
      const { store } = opened;
      const id = await send(store);
      expect(await during(() => claimAll(store))).toEqual(['MESSAGE_UPDATED']);
      const settlement = { kind: 'ACCEPTED', at: nine, wamid: 'w1' } as const;
      expect(
        await during(() => store.outbox.settle({ messageId: id, attempt: 1 }, settlement)),
      ).toEqual(['MESSAGE_UPDATED']);
      expect(await during(() => deliver(store, status('w1', 'SENT')))).toEqual([]);
      expect(await during(() => deliver(store, status('w1', 'READ')))).toEqual(['MESSAGE_UPDATED']);
      expect(
        await during(() => deliver(store, status('w1', 'READ'), status('other', 'READ'))),
      ).toEqual([]);
    });

    it('has none for what is repeated, refused or seen already', async () => {
      const { store } = opened;
      await deliver(store, inbound('w1'));
      const { id } = await chatWith(store, '15555550142');
      expect(
        await during(() => deliver(store, inbound('w1'), inbound('w2', { from: person({}) }))),
      ).toEqual([]);
      expect(await during(() => store.conversations.markRead(id, null, nine))).toEqual([
        'CONVERSATION_UPDATED',
      ]);
      expect(await during(() => store.conversations.markRead(id, null, nine))).toEqual([]);
      const keyed = { clientMessageId: 'k1' };
      expect(await during(() => send(store, keyed))).toEqual(['MESSAGE_ADDED']);
      expect(await during(() => expect(send(store, keyed)).rejects.toThrow('existing'))).toEqual(
        [],
      );
      expect(await during(() => store.journal.prune(0))).toEqual([]);
    });

    it('has entries for the reaction and for its message', async () => {
      await deliver(opened.store, inbound('w1'));
      const target = await messageOf(opened.store, 'w1');
      const before = await opened.store.changes.head();
      await deliver(opened.store, inbound('r1', { content: reaction('w1', '👍') }));
      const changes = await since(before);
      expect(types(changes).sort()).toEqual(['MESSAGE_ADDED', 'MESSAGE_UPDATED']);
      expect(changes.find(({ type }) => type === 'MESSAGE_UPDATED')?.messageId).toBe(target.id);
    });

    it('has entries for the other conversations of somebody who changes', async () => {
      const { store } = opened;
      await deliver(store, inbound('w1'), inbound('w1', { business: secondBusiness }));
      const renamed = person({ phoneNumber: '15555550142', profileName: 'Amara O.' });
      const before = await store.changes.head();
      await deliver(store, inbound('w2', { from: renamed, timestamp: nine + 1_000 }));
      const changes = await since(before);
      expect(types(changes).sort()).toEqual(['CONVERSATION_UPDATED', 'MESSAGE_ADDED']);
      const chats = await store.conversations.allByPhoneNumber('15555550142');
      const other = chats.find(
        ({ phoneNumberId }) => phoneNumberId === secondBusiness.phoneNumberId,
      );
      expect(changes.find(({ type }) => type === 'CONVERSATION_UPDATED')?.conversationId).toBe(
        other!.id,
      );
    });

    it('has entries for both conversations that are joined', async () => {
      const { store } = opened;
      await deliver(store, inbound('w1'), inbound('w2', { from: person({ userId: 'US.1' }) }));
      const ids = (await allChats(store)).map(({ id }) => id);
      const before = await store.changes.head();
      const both = person({ phoneNumber: '15555550142', userId: 'US.1' });
      await deliver(store, status('x', 'SENT', { recipient: both }));
      const changes = await since(before);
      expect(new Set(types(changes))).toEqual(new Set(['CONVERSATION_UPDATED']));
      expect(changes.map(({ conversationId }) => conversationId).sort()).toEqual([...ids].sort());
    });

    it('has an entry for what became unknown', async () => {
      const { store } = opened;
      await send(store);
      await claimAll(store);
      expect(await during(() => store.outbox.expireLeases(nine + hourMs))).toEqual([
        'MESSAGE_UPDATED',
      ]);
    });

    it('is read in portions, in one order, each once', async () => {
      const { store } = opened;
      await Promise.all(
        Array.from({ length: 25 }, (_, n) => deliver(store, inbound(`w${String(n)}`))),
      );
      const read: LoggedChange[] = [];
      for (let cursor = start; ;) {
        const portion = await store.changes.read(cursor, 7);
        if (portion === null) throw new Error('Lost');
        if (portion.length === 0) break;
        read.push(...portion);
        cursor = portion.at(-1)!.cursor;
      }
      expect(read).toEqual(await since(start));
      expect(new Set(read.map(({ messageId }) => messageId)).size).toBe(25);
      expect(await store.changes.read(await store.changes.head(), 10)).toEqual([]);
    });

    it('goes on after a restart', async () => {
      await deliver(opened.store, inbound('w1'));
      const before = await since(start);
      const head = await opened.store.changes.head();
      await opened.reopen();
      expect(await since(start)).toEqual(before);
      expect(await opened.store.changes.head()).toBe(head);
      await deliver(opened.store, inbound('w2'));
      expect(types(await since(head))).toEqual(['MESSAGE_ADDED']);
    });

    it('does not know cursors that are not its own', async () => {
      const { changes } = opened.store;
      await deliver(opened.store, inbound('w1'));
      const other = await open();
      await deliver(other.store, inbound('w1'), inbound('w2'));
      const foreign = await other.store.changes.head();
      await other.close();
      const garbled = [
        '',
        'x',
        `${start}x`,
        start.slice(0, -1),
        `${start}=`,
        ` ${start}`,
        '🙈',
        'a'.repeat(10_000),
      ];
      for (const cursor of [foreign, ...garbled]) {
        expect(await changes.read(cursor, 10)).toBe(null);
      }
    });

    it('does not know a cursor that lies beyond its head', async () => {
      const { store } = opened;
      await deliver(store, inbound('w1'), inbound('w2'), inbound('w3'));
      const head = Buffer.from(await store.changes.head(), 'base64url').toString();
      const beyond = Buffer.from(head.replace(/3$/, '4')).toString('base64url');
      expect(await store.changes.read(beyond, 10)).toBe(null);
    });

    it('says so when it does not reach back that far', async () => {
      const { store, clock } = opened;
      await deliver(store, inbound('w1'), inbound('w2'));
      const atW2 = await store.changes.head();
      clock.advance(hourMs);
      await deliver(store, inbound('w3'));
      expect(await store.changes.prune(clock.now())).toBe(2);
      expect(await store.changes.read(start, 10)).toBe(null);
      expect(types(await since(atW2))).toEqual(['MESSAGE_ADDED']);
      clock.advance(hourMs);
      expect(await store.changes.prune(clock.now())).toBe(1);
      expect(await store.changes.read(atW2, 10)).toBe(null);
      const head = await store.changes.head();
      expect(await store.changes.read(head, 10)).toEqual([]);
      await opened.reopen();
      expect(await opened.store.changes.head()).toBe(head);
      expect(await opened.store.changes.read(atW2, 10)).toBe(null);
    });

    it('is pruned although the clock was once ahead, or behind', async () => {
      const { store, clock } = opened;
      clock.advance(1_000 * dayMs);
      await deliver(store, inbound('ahead'));
      clock.advance(-1_000 * dayMs);
      // Nobody knows how old it is until something after it is old.
      expect(await store.changes.prune(clock.now())).toBe(0);
      expect(await since(start)).toHaveLength(1);
      await deliver(store, inbound('w1'));
      clock.advance(hourMs);
      await deliver(store, inbound('w2'));
      clock.advance(-dayMs);
      await deliver(store, inbound('behind'));
      clock.advance(dayMs);
      const atW1 = (await since(start))[1]!.cursor;
      expect(await store.changes.prune(clock.now() - 1)).toBe(2);
      expect(await since(atW1)).toHaveLength(2);
    });

    it('calls back once a commit has written to it, until it is told to stop', async () => {
      const { store } = opened;
      let calls = 0;
      const stop = store.changes.onAppended(() => (calls += 1));
      store.changes.onAppended(() => {
        throw new Error('A listener that fails');
      });
      await deliver(store, inbound('w1'));
      expect(calls).toBe(1);
      await deliver(store, inbound('w1'));
      expect(calls).toBe(1);
      stop();
      await deliver(store, inbound('w2'));
      expect(calls).toBe(1);
    });

    it('has no entry for a message that was never settled twice', async () => {
      const { store } = opened;
      const id = await send(store);
      await claimAll(store);
      const failed = { kind: 'FAILED', at: nine, failure: failureOf(1) } as const;
      expect(
        await during(() => store.outbox.settle({ messageId: id, attempt: 1 }, failed)),
      ).toEqual(['MESSAGE_UPDATED']);
      expect(
        await during(() => store.outbox.settle({ messageId: id, attempt: 1 }, failed)),
      ).toEqual([]);
      expect(await during(() => store.messages.requeue(id, { now: nine, giveUpAt: nine }))).toEqual(
        ['MESSAGE_UPDATED'],
      );
      expect(await during(() => store.messages.requeue(id, { now: nine, giveUpAt: nine }))).toEqual(
        [],
      );
    });
  });
}
