import { SlowConsumerError } from '../../../api/errors.ts';
import { deliver, inbound } from '../store/deliveries.ts';
import { cursorsOf, read, ringSize } from './feed-under-test.ts';
import type { FeedUnderTest, OpenFeed } from './feed-under-test.ts';

export function describeSlowReaders(open: OpenFeed): void {
  describe('a slow reader', () => {
    let opened: FeedUnderTest;
    let written = 0;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.close());

    /** As many changes, in one commit. */
    async function write(count: number): Promise<void> {
      const elements = Array.from({ length: count }, () => inbound(`w${String((written += 1))}`));
      await deliver(opened.store, ...elements);
    }

    it('is told once, and ends with an error when it reads on; the others get everything', async () => {
      let told = 0;
      const slow = read(opened.feed, { onPassed: () => (told += 1) });
      const fast = read(opened.feed);
      await Promise.all([slow.next(), fast.next()]);
      await write(1);
      const { cursor } = await slow.next();
      const total = ringSize * 3 + 1;
      const seen = [await fast.next()];
      for (let left = total - 1; left > 0; left -= ringSize / 2) {
        await write(Math.min(left, ringSize / 2));
        seen.push(...(await fast.take(Math.min(left, ringSize / 2))));
      }
      expect(told).toBe(1);
      await expect(slow.next()).rejects.toThrow(SlowConsumerError);
      expect((await slow.stream.next()).done).toBe(true);
      expect(cursorsOf(seen)).toEqual(cursorsOf(await opened.history()));
      expect(opened.feed.subscribers).toBe(1);

      const resumed = await read(opened.feed, { after: cursor }).take(total - 1);
      expect(cursorsOf(resumed)).toEqual(cursorsOf(seen).slice(1));
    });

    it('is not one who is far back but still reads what was missed', async () => {
      const { cursor } = await read(opened.feed).next();
      const total = ringSize * 3;
      await write(total);
      const late = read(opened.feed, { after: cursor });
      const first = await late.next();
      await write(total);
      const rest = await late.take(2 * total - 1);
      expect(cursorsOf([first, ...rest])).toEqual(cursorsOf(await opened.history()));
    });

    it('is not one who meets a burst larger than what may be behind', async () => {
      const readings = Array.from({ length: 5 }, () => read(opened.feed));
      await Promise.all(readings.map((reading) => reading.next()));
      const total = ringSize * 5;
      const taking = readings.map((reading) => reading.take(total));
      await write(total);
      const log = cursorsOf(await opened.history());
      for (const events of await Promise.all(taking)) expect(cursorsOf(events)).toEqual(log);
    });

    it('does not hold up a burst for those who come later', async () => {
      const stuck = read(opened.feed);
      await stuck.next();
      const asked = stuck.stream.next();
      await write(1);
      await asked;
      await write(ringSize * 3);
      const head = (await opened.history()).at(-1)?.cursor ?? '';
      const late = read(opened.feed, { after: head });
      const arriving = late.next();
      await write(1);
      expect((await arriving).cursor).toBe((await opened.history()).at(-1)?.cursor);
    });
  });
}
