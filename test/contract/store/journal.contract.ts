import { dayMs, minuteMs } from '../../../api/clock.ts';
import type { Instant } from '../../../api/clock.ts';
import { trustedId } from '../../../api/ids.ts';
import type { NewDelivery, Store } from '../../../api/storage/store.ts';
import type { DeliveryElement } from '../../../api/webhook/delivery-element.ts';
import { deliver, inbound, nine, person, status, tom, verdictsOf } from './deliveries.ts';
import { allChats, messageOf } from './reading.ts';
import type { OpenStore, StoreUnderTest } from './store-under-test.ts';

const keep: DeliveryElement = { kind: 'keep', path: 'changes[0]', detail: 'Another field' };
const aside: DeliveryElement = { kind: 'aside', path: 'changes[1]', detail: 'Unknown number' };

export function describeJournal(open: OpenStore): void {
  describe('the journal', () => {
    let opened: StoreUnderTest;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.close());

    function delivery(elements: readonly DeliveryElement[], receivedAt = nine): NewDelivery {
      return { receivedAt, body: Buffer.from(`{"at":${String(receivedAt)}}`), elements };
    }

    it('keeps the raw bytes as they came', async () => {
      const body = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
      const entry = await opened.store.journal.accept({ receivedAt: nine, body, elements: [] });
      expect(entry).toMatchObject({
        receivedAt: nine,
        state: 'DONE',
        sizeBytes: 256,
        verdicts: [],
      });
      await opened.reopen();
      const stored = await opened.store.journal.get(entry.id);
      expect(stored).toEqual({ ...entry, body });
    });

    it('keeps a body of the largest size', async () => {
      const body = Buffer.alloc(3 * 1024 * 1024, 'x');
      const { id } = await opened.store.journal.accept({ receivedAt: nine, body, elements: [] });
      expect((await opened.store.journal.get(id))?.body.equals(body)).toBe(true);
    });

    it('says what became of each element, and where it stands', async () => {
      const entry = await deliver(
        opened.store,
        keep,
        inbound('w1'),
        aside,
        inbound('w1'),
        status('x', 'SENT'),
      );
      expect(entry.state).toBe('SET_ASIDE');
      expect(entry.verdicts).toEqual([
        { path: 'changes[0]', result: 'KEPT', detail: 'Another field' },
        { path: 'messages[w1]', result: 'APPLIED', detail: null },
        { path: 'changes[1]', result: 'SET_ASIDE', detail: 'Unknown number' },
        { path: 'messages[w1]', result: 'REPEATED', detail: null },
        { path: 'statuses[x]', result: 'HELD', detail: null },
      ]);
      expect(await opened.store.journal.get(entry.id)).toMatchObject(entry);
    });

    it('is DONE when nothing was set aside', async () => {
      expect(await deliver(opened.store, keep, status('x', 'SENT'))).toMatchObject({
        state: 'DONE',
      });
    });

    it('goes on after an element that fails, which leaves no trace', async () => {
      const broken = { ...inbound('w2'), timestamp: Number.NaN };
      const nobody = inbound('w4', { from: person({}) });
      const results = deliver(opened.store, inbound('w1'), broken, nobody, inbound('w3'));
      expect(await verdictsOf(results)).toEqual(['APPLIED', 'SET_ASIDE', 'SET_ASIDE', 'APPLIED']);
      const [chat] = await allChats(opened.store);
      expect(chat!.unreadCount).toBe(2);
    });

    it('keeps neighbours whole while one of many at once fails', async () => {
      const { store } = opened;
      const delivered = await Promise.all(
        Array.from({ length: 30 }, (_, n) =>
          deliver(store, inbound(`w${String(n)}`, n === 13 ? { timestamp: Number.NaN } : {})),
        ),
      );
      expect(delivered.filter(({ state }) => state === 'SET_ASIDE')).toHaveLength(1);
      const [chat] = await allChats(store);
      expect(chat!.unreadCount).toBe(29);
    });

    it('applies a delivery again without doubling anything', async () => {
      const { store } = opened;
      const entry = await deliver(store, inbound('w1'), aside);
      const again = await store.journal.reapply(entry.id, [inbound('w1'), inbound('w2')]);
      expect(again).toMatchObject({ id: entry.id, state: 'DONE' });
      expect(again!.verdicts.map(({ result }) => result)).toEqual(['REPEATED', 'APPLIED']);
      expect(await store.journal.get(entry.id)).toMatchObject({
        state: 'DONE',
        sizeBytes: entry.sizeBytes,
      });
      await messageOf(store, 'w2');
    });

    it('has nothing to apply again where there is no such delivery', async () => {
      const unknown = trustedId('dlv', 'dlv_01ARZ3NDEKTSV4RRFFQ69G5FAV');
      expect(await opened.store.journal.reapply(unknown, [inbound('w1')])).toBe(null);
      expect(await opened.store.journal.get(unknown)).toBe(null);
      expect(await allChats(opened.store)).toEqual([]);
    });

    it('acknowledges what takes longer than a second, to be applied later, however old it is', async () => {
      const { clock, store } = opened;
      const many = Array.from({ length: 120_000 }, (_, n) => status(`w${String(n)}`, 'SENT'));
      const entry = await store.journal.accept(delivery(many, clock.now() - 100 * dayMs));
      expect(entry.state).toBe('PENDING');
      expect(entry.verdicts.length).toBeLessThan(120_000);
      expect(await store.journal.prune(clock.now())).toBe(0);
      expect(await store.journal.list({ limit: 5, state: 'PENDING' })).toMatchObject([
        { id: entry.id },
      ]);
      const rest = many.slice(entry.verdicts.length, entry.verdicts.length + 50);
      expect(await store.journal.reapply(entry.id, rest)).toMatchObject({ state: 'DONE' });
    });

    it('applies a large delivery whole, and lets others through meanwhile', async () => {
      const { store } = opened;
      let order: readonly string[] = [];
      let unread = 0;
      // What is large is up to the store and the machine: a fast one applies hundreds at a stroke.
      for (let size = 600; order[0] !== 'small' && size <= 20_000; size *= 2) {
        order = await acceptTogether(store, size);
        unread += size + 1;
      }
      expect(order).toEqual(['small', 'large']);
      expect(await store.conversations.totalUnread({})).toBe(unread);
    });

    /** In which order a delivery of `size` messages and one of a single message, asked for after it, end. */
    async function acceptTogether(store: Store, size: number): Promise<readonly string[]> {
      const order: string[] = [];
      const many = Array.from({ length: size }, (_, n) => inbound(`w${String(size)}-${String(n)}`));
      const [{ state, verdicts }] = await Promise.all([
        deliver(store, ...many).finally(() => order.push('large')),
        deliver(store, inbound(`other-${String(size)}`, { from: tom })).finally(() =>
          order.push('small'),
        ),
      ]);
      expect(state).toBe('DONE');
      // On a busy machine some of it is taken up again.
      for (const { result } of verdicts) expect(['APPLIED', 'REPEATED']).toContain(result);
      expect(verdicts.map(({ path }) => path)).toEqual(many.map(({ path }) => path));
      return order;
    }

    it('lists the newest first, by state and in portions', async () => {
      const { store } = opened;
      const ids = [];
      for (let n = 0; n < 6; n++) {
        const elements = n % 2 === 0 ? [keep] : [aside];
        ids.unshift((await store.journal.accept(delivery(elements, nine + n))).id);
      }
      const listed = async (query: Parameters<typeof store.journal.list>[0]) =>
        (await store.journal.list(query)).map(({ id }) => id);
      expect(await listed({ limit: 10 })).toEqual(ids);
      expect(await listed({ limit: 2 })).toEqual(ids.slice(0, 2));
      expect(await listed({ limit: 2, before: ids[1]! })).toEqual(ids.slice(2, 4));
      expect(await listed({ limit: 10, state: 'SET_ASIDE' })).toEqual([ids[0], ids[2], ids[4]]);
      expect(await listed({ limit: 10, state: 'DONE' })).toEqual([ids[1], ids[3], ids[5]]);
      expect(await listed({ limit: 10, state: 'PENDING' })).toEqual([]);
      expect(await listed({ limit: 10, receivedBefore: nine + 2 })).toEqual(ids.slice(4));
      expect(await listed({ limit: 1, state: 'SET_ASIDE', before: ids[0]! })).toEqual([ids[2]]);
    });

    it('goes on listing from a delivery that was forgotten meanwhile', async () => {
      const { store } = opened;
      const oldest = await store.journal.accept(delivery([aside], nine));
      const read = await store.journal.accept(delivery([keep], nine));
      const newest = await store.journal.accept(delivery([keep], nine + dayMs));
      await store.journal.prune(nine + dayMs);
      const older = await store.journal.list({ limit: 5, before: read.id });
      expect(older.map(({ id }) => id)).toEqual([oldest.id]);
      const all = await store.journal.list({ limit: 5 });
      expect(all.map(({ id }) => id)).toEqual([newest.id, oldest.id]);
    });

    it('forgets what is done and old, and keeps what somebody has to look at', async () => {
      const { store } = opened;
      const old = await store.journal.accept(delivery([inbound('w1')], nine));
      const oldAside = await store.journal.accept(delivery([aside], nine));
      const fresh = await store.journal.accept(delivery([keep], nine + dayMs));
      expect(await store.journal.prune(nine + dayMs)).toBe(1);
      expect(await store.journal.get(old.id)).toBe(null);
      expect(await store.journal.get(oldAside.id)).not.toBe(null);
      expect(await store.journal.get(fresh.id)).not.toBe(null);
      await messageOf(store, 'w1');
    });

    it('forgets what was set aside after 90 days', async () => {
      const { clock, store } = opened;
      const of = (receivedAt: Instant) => store.journal.accept(delivery([aside], receivedAt));
      const tooOld = await of(clock.now() - 90 * dayMs - 1);
      const old = await of(clock.now() - 90 * dayMs);
      const week = clock.now() - 7 * dayMs;
      expect(await store.journal.prune(week)).toBe(1);
      expect(await store.journal.get(tooOld.id)).toBe(null);
      expect(await store.journal.get(old.id)).not.toBe(null);
      clock.advance(1);
      expect(await store.journal.prune(week)).toBe(1);
      expect(await store.journal.list({ limit: 5 })).toEqual([]);
    });

    it('never gives the id of a forgotten delivery again', async () => {
      const { id } = await opened.store.journal.accept(delivery([keep]));
      await opened.store.journal.prune(nine + 1);
      opened.clock.advance(-dayMs);
      await opened.reopen();
      const next = await opened.store.journal.accept(delivery([keep]));
      expect(next.id > id).toBe(true);
    });

    it('counts refusals and lists the last ones', async () => {
      const { store } = opened;
      const refusal = { status: 401, reason: 'The signature does not match', times: 1 };
      for (let n = 0; n < 5; n++) await store.journal.recordRejection({ ...refusal, at: nine + n });
      await store.journal.recordRejection({ ...refusal, at: nine + dayMs, times: 40 });
      expect(await store.journal.rejections(2)).toEqual([
        { ...refusal, at: nine + dayMs, times: 40 },
        { ...refusal, at: nine + 4 },
      ]);
      expect(await store.journal.summary(nine)).toMatchObject({ rejected: 45 });
      expect(await store.journal.summary(nine + minuteMs)).toMatchObject({ rejected: 40 });
    });

    it('says when something came last, and what was set aside since', async () => {
      const { store } = opened;
      expect(await store.journal.summary(0)).toEqual({
        lastDeliveryAt: null,
        rejected: 0,
        setAside: 0,
      });
      await store.journal.accept(delivery([aside], nine));
      await store.journal.accept(delivery([keep], nine + 5));
      expect(await store.journal.summary(nine)).toEqual({
        lastDeliveryAt: nine + 5,
        rejected: 0,
        setAside: 1,
      });
      expect(await store.journal.summary(nine + 1)).toMatchObject({ setAside: 0 });
    });
  });
}
