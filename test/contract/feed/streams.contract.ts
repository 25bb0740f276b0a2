import { deliver, inbound, person, send, status } from '../store/deliveries.ts';
import { chatWith } from '../store/reading.ts';
import { cursorsOf, read, typesOf } from './feed-under-test.ts';
import type { FeedUnderTest, OpenFeed } from './feed-under-test.ts';

export function describeStreams(open: OpenFeed): void {
  describe('a stream', () => {
    let opened: FeedUnderTest;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.close());

    const write = (...wamids: string[]) =>
      deliver(opened.store, ...wamids.map((wamid) => inbound(wamid)));

    it('begins with READY, whose cursor marks that place', async () => {
      await write('before');
      const reading = read(opened.feed);
      const ready = await reading.next();
      expect(ready).toMatchObject({ type: 'READY', message: null, conversation: null });
      await write('after');
      expect(await reading.next()).toMatchObject({ message: { wamid: 'after' } });
      const again = read(opened.feed, { after: ready.cursor });
      expect(await again.next()).toMatchObject({
        type: 'MESSAGE_ADDED',
        message: { wamid: 'after' },
      });
    });

    it('has the changes of every writer once, in the order of the log', async () => {
      const reading = read(opened.feed);
      await reading.next();
      const wamids = Array.from({ length: 60 }, (_, index) => `w${String(index)}`);
      await Promise.all(wamids.map((wamid) => write(wamid)));
      const events = await reading.take(wamids.length);
      expect(cursorsOf(events)).toEqual(cursorsOf(await opened.history()));
      expect(new Set(events.map(({ message }) => message?.wamid))).toEqual(new Set(wamids));
    });

    it('goes on after a cursor: what was missed, then what comes', async () => {
      await write('w1', 'w2', 'w3');
      const [first] = await opened.history();
      const reading = read(opened.feed, { after: first?.cursor ?? '' });
      await write('w4');
      const wamids = (await reading.take(3)).map(({ message }) => message?.wamid);
      expect(wamids).toEqual(['w2', 'w3', 'w4']);
    });

    it('goes on after a cursor from before a restart', async () => {
      const { cursor } = await read(opened.feed).next();
      await write('w1');
      await opened.reopen();
      await write('w2');
      const events = await read(opened.feed, { after: cursor }).take(2);
      expect(events.map(({ message }) => message?.wamid)).toEqual(['w1', 'w2']);
    });

    it.each(['', 'garbled', 'MTIzLjQ1Ng', '../../etc/passwd', 'x'.repeat(10_000)])(
      'answers the unknown cursor %.20j with RESYNC, and goes on live',
      async (after) => {
        await write('before');
        const reading = read(opened.feed, { after });
        expect(await reading.next()).toMatchObject({ type: 'RESYNC', message: null });
        await write('after');
        expect(await reading.next()).toMatchObject({ message: { wamid: 'after' } });
      },
    );

    it('answers a cursor that is no longer kept with RESYNC, from whose cursor it resumes', async () => {
      const away = read(opened.feed);
      const { cursor } = await away.next();
      await away.stop();
      await write('w1', 'w2');
      await opened.forget();
      const resync = await read(opened.feed, { after: cursor }).next();
      expect(resync.type).toBe('RESYNC');
      await write('w3');
      const resumed = await read(opened.feed, { after: resync.cursor }).next();
      expect(resumed).toMatchObject({ message: { wamid: 'w3' } });
    });

    it('carries the message and the conversation as they are when it is delivered', async () => {
      const away = read(opened.feed);
      const { cursor } = await away.next();
      await away.stop();
      const id = await send(opened.store);
      await deliver(opened.store, inbound('w1'), status('unknown', 'READ'));
      const events = await read(opened.feed, { after: cursor }).take(2);
      expect(events[0]).toMatchObject({
        type: 'MESSAGE_ADDED',
        message: { id, delivery: { stage: 'QUEUED' } },
        conversation: { unreadCount: 1, contact: { phoneNumber: '15555550142' } },
      });
    });

    it('says that a conversation changed, without a message', async () => {
      await write('w1');
      const chat = await chatWith(opened.store, '15555550142');
      const reading = read(opened.feed);
      await reading.next();
      await opened.store.conversations.markRead(chat.id, null, opened.clock.now());
      expect(await reading.next()).toMatchObject({
        type: 'CONVERSATION_UPDATED',
        message: null,
        conversation: { id: chat.id, unreadCount: 0 },
      });
    });

    it('leaves out what is not wanted, but never READY and RESYNC', async () => {
      const wants = ({ message }: { message: { wamid: string | null } | null }) =>
        message?.wamid === 'w2';
      const ready = read(opened.feed, { wants });
      const resync = read(opened.feed, { wants, after: 'garbled' });
      await Promise.all([ready.next(), resync.next()]);
      await write('w1', 'w2', 'w3');
      expect(await ready.next()).toMatchObject({ message: { wamid: 'w2' } });
      expect(await resync.next()).toMatchObject({ message: { wamid: 'w2' } });
    });

    it('gives one and the same event to all live readers', async () => {
      const readings = [read(opened.feed), read(opened.feed), read(opened.feed)];
      await Promise.all(readings.map((reading) => reading.next()));
      await write('w1');
      const events = await Promise.all(readings.map((reading) => reading.next()));
      expect(new Set(events).size).toBe(1);
    });

    it('ends at once when its reader leaves, also while it waits', async () => {
      const reading = read(opened.feed);
      await reading.next();
      const waiting = reading.stream.next();
      await reading.stop();
      expect((await waiting).done).toBe(true);
      expect((await reading.stream.next()).done).toBe(true);
      expect(opened.feed.subscribers).toBe(0);
    });

    it('is not begun when its reader leaves before the first event', async () => {
      const reading = read(opened.feed);
      expect(opened.feed.subscribers).toBe(1);
      await reading.stop();
      expect(opened.feed.subscribers).toBe(0);
      expect((await reading.stream.next()).done).toBe(true);
    });

    it('goes on for others when one leaves, and begins again when all have left', async () => {
      const [first, second] = [read(opened.feed), read(opened.feed)];
      const { cursor } = await first.next();
      await second.next();
      await first.stop();
      await write('w1');
      expect(await second.next()).toMatchObject({ message: { wamid: 'w1' } });
      await second.stop();
      await write('w2');
      const third = read(opened.feed, { after: cursor });
      expect(typesOf(await third.take(2))).toEqual(['MESSAGE_ADDED', 'MESSAGE_ADDED']);
    });

    it('ends when the feed stops, and none begins after that', async () => {
      const reading = read(opened.feed);
      await reading.next();
      const waiting = reading.stream.next();
      await opened.feed.stop();
      await opened.feed.stop();
      expect((await waiting).done).toBe(true);
      expect((await read(opened.feed).stream.next()).done).toBe(true);
      expect(opened.feed.subscribers).toBe(0);
    });

    it('goes on after changes that concern nobody we know', async () => {
      const reading = read(opened.feed);
      await reading.next();
      await deliver(opened.store, inbound('w1', { from: person({}) }));
      await write('w2');
      expect(await reading.next()).toMatchObject({ message: { wamid: 'w2' } });
    });
  });
}
