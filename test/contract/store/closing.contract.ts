import { StoreUnavailableError } from '../../../api/errors.ts';
import { deliver, inbound, nine } from './deliveries.ts';
import { chatWith, messagesIn } from './reading.ts';
import type { OpenStore, StoreUnderTest } from './store-under-test.ts';

export function describeClosing(open: OpenStore): void {
  describe('opening and closing', () => {
    let opened: StoreUnderTest;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.close());

    it('is well, and says how fast it answers', async () => {
      const check = await opened.store.check();
      expect(check).toMatchObject({ ok: true, detail: null });
      expect(check.latencyMs).toBeGreaterThan(0);
    });

    it('finishes what was begun', async () => {
      const { store } = opened;
      const begun = Promise.all(
        Array.from({ length: 40 }, (_, n) => deliver(store, inbound(`w${String(n)}`))),
      );
      await store.stop();
      expect(await begun).toHaveLength(40);
      await opened.reopen();
      expect(
        await messagesIn(opened.store, await chatWith(opened.store, '15555550142')),
      ).toHaveLength(40);
    });

    it('stops twice without complaint', async () => {
      await opened.store.stop();
      await opened.store.stop();
      await opened.close();
      await opened.close();
    });

    it('refuses everything once it is closed, and says that it is not well', async () => {
      const { store } = opened;
      await store.stop();
      await expect(deliver(store, inbound('w1'))).rejects.toBeInstanceOf(StoreUnavailableError);
      await expect(store.messages.page({ page: { last: 1 } })).rejects.toBeInstanceOf(
        StoreUnavailableError,
      );
      await expect(store.outbox.expireLeases(nine)).rejects.toBeInstanceOf(StoreUnavailableError);
      expect(await store.check()).toMatchObject({ ok: false, latencyMs: null });
    });
  });
}
