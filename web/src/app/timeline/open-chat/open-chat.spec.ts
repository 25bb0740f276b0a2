import { Subject } from 'rxjs';
import { aMessage, messageId } from '../../../testing/people';
import { deferred, settled } from '../../../testing/settled';
import type { LiveEvent } from '../../connection/live-updates';
import type { MessagePageFragment } from '../../graphql/graphql';
import { latestWindow, windowAround } from './chat-window';
import type { ChatWindow, Message } from './chat-window';
import type { LatestMessages, Place } from './message-pages';
import { OpenChat } from './open-chat';

function page(messages: readonly Message[], older = false, newer = false): MessagePageFragment {
  return {
    nodes: [...messages],
    pageInfo: {
      hasPreviousPage: older,
      hasNextPage: newer,
      startCursor: 'start',
      endCursor: 'end',
    },
  };
}

function latest(newest: MessagePageFragment, firstUnread: Place | null = null): LatestMessages {
  return { window: latestWindow(newest), firstUnread };
}

/** A chat of four messages: its end, a place near its beginning, and the pages around. */
function fakePages() {
  return {
    latest: jest.fn<Promise<LatestMessages>, [string, number?]>(() =>
      Promise.resolve(latest(page([aMessage(3), aMessage(4)], true))),
    ),
    around: jest.fn<Promise<ChatWindow>, [string, Place]>(() =>
      Promise.resolve(windowAround(page([]), aMessage(1), page([aMessage(2)], false, true))),
    ),
    atTime: jest.fn(() =>
      Promise.resolve({
        window: windowAround(page([aMessage(1)]), null, page([aMessage(2)], false, true)),
        first: aMessage(2),
      }),
    ),
    older: jest.fn<Promise<MessagePageFragment>, [string, string]>(() =>
      Promise.resolve(page([aMessage(1), aMessage(2)])),
    ),
    newer: jest.fn<Promise<MessagePageFragment>, [string, string]>(() =>
      Promise.resolve(page([aMessage(3)])),
    ),
  };
}

describe('OpenChat', () => {
  const events = new Subject<LiveEvent>();
  const resyncs = new Subject<void>();
  const connections = new Subject<void>();
  let pages: ReturnType<typeof fakePages>;
  let chat: OpenChat;

  beforeEach(() => {
    pages = fakePages();
    chat = new OpenChat({ conversationId: 'cnv_1', pages, events, resyncs, connections });
  });
  afterEach(() => {
    chat.close();
  });

  const tell = (message: Message, type: LiveEvent['type'] = 'MESSAGE_ADDED'): void => {
    events.next({ cursor: '1', type, message, conversation: null });
  };
  const ids = () => chat.messages().map(({ id }) => id);
  const idsOf = (...numbers: number[]) => numbers.map(messageId);

  it('opens at the end and follows what comes', async () => {
    await chat.open(null);
    tell(aMessage(5));
    tell(aMessage(4, { text: 'edited' }), 'MESSAGE_UPDATED');
    expect(ids()).toEqual(idsOf(3, 4, 5));
    expect(chat.messages()[1]?.text).toBe('edited');
  });

  it('opens at the first unread message, wherever it lies', async () => {
    const unread = { messageId: messageId(1), cursor: 'at 1' };
    pages.latest.mockResolvedValueOnce(latest(page([aMessage(3), aMessage(4)], true), unread));
    await chat.open(null);
    expect(pages.around).toHaveBeenCalledWith('cnv_1', unread);
    expect(ids()).toEqual(idsOf(1, 2));
    expect(chat.unreadFromId()).toBe(messageId(1));
  });

  it('opens at its end when what is unread is near', async () => {
    const unread = { messageId: messageId(4), cursor: 'at 4' };
    pages.latest.mockResolvedValueOnce(latest(page([aMessage(3), aMessage(4)], true), unread));
    await chat.open(null);
    expect(pages.around).not.toHaveBeenCalled();
    expect(ids()).toEqual(idsOf(3, 4));
    expect(chat.unreadFromId()).toBe(messageId(4));
  });

  describe('with what this browser kept', () => {
    const kept: ChatWindow = {
      messages: [aMessage(2), aMessage(3)],
      olderCursor: 'older',
      newerCursor: null,
    };

    it('shows it until the server is heard', async () => {
      const answer = deferred<LatestMessages>();
      pages.latest.mockReturnValueOnce(answer.promise);
      const opening = chat.open(null);
      chat.showKept(kept, 1);
      expect(ids()).toEqual(idsOf(2, 3));
      expect(chat.isKept()).toBe(true);
      expect(chat.unreadFromId()).toBe(messageId(3));
      // Read on from where it is: another place is not gone to.
      const unread = { messageId: messageId(1), cursor: 'at 1' };
      answer.resolve(latest(page([aMessage(3), aMessage(4)], true), unread));
      await opening;
      expect(ids()).toEqual(idsOf(3, 4));
      expect(chat.isKept()).toBe(false);
    });

    it('follows what comes, and loads it with the next connection', async () => {
      pages.latest.mockRejectedValueOnce(new Error('no connection'));
      chat.showKept(kept, 0);
      await chat.open(null);
      chat.showKept(kept, 0);
      expect(chat.state()).toBe('failed');
      tell(aMessage(4));
      expect(ids()).toEqual(idsOf(2, 3, 4));
      connections.next();
      await settled();
      expect(ids()).toEqual(idsOf(3, 4));
    });

    it('is not set back by it, nor taken from the place that was asked for', async () => {
      await chat.open(null);
      chat.showKept(kept, 0);
      expect(ids()).toEqual(idsOf(3, 4));
      const elsewhere = new OpenChat({
        conversationId: 'cnv_1',
        pages,
        events,
        resyncs,
        connections,
      });
      void elsewhere.open({ messageId: messageId(1), cursor: 'at 1' });
      elsewhere.showKept(kept, 0);
      expect(elsewhere.messages()).toEqual([]);
      elsewhere.close();
    });
  });

  it('gives what is loaded of it to be kept, with what came meanwhile', async () => {
    const shelved: (readonly string[])[] = [];
    const shelving = new OpenChat({
      ...{ conversationId: 'cnv_1', pages, events, resyncs, connections },
      shelve: ({ messages }) => shelved.push(messages.map(({ id }) => id)),
    });
    const opening = shelving.open(null);
    tell(aMessage(5));
    await opening;
    expect(shelved).toEqual([idsOf(3, 4, 5)]);
    shelving.close();
  });

  it('draws the line "unread" above what came unwatched, until one answers', async () => {
    await chat.open(null);
    tell(aMessage(5));
    tell(aMessage(6));
    chat.markUnread(2);
    tell(aMessage(7));
    expect(chat.unreadFromId()).toBe(messageId(5));
    chat.forgetUnread();
    expect(chat.unreadFromId()).toBeNull();
  });

  it('takes nothing from other chats', async () => {
    await chat.open(null);
    tell(aMessage(5, { conversation: { id: 'cnv_2' } }));
    expect(ids()).toEqual(idsOf(3, 4));
    expect(chat.unseenArrivals()).toEqual([]);
  });

  it('keeps a tick that came while a page was under way', async () => {
    const slow = deferred<LatestMessages>();
    pages.latest.mockReturnValueOnce(slow.promise);
    const done = chat.open(null);
    tell(aMessage(4, { direction: 'OUTBOUND', status: 'READ' }), 'MESSAGE_UPDATED');
    slow.resolve(latest(page([aMessage(4, { direction: 'OUTBOUND', status: 'SENT' })])));
    await done;
    expect(chat.messages()[0]?.status).toBe('READ');
  });

  it('loads older ones once at a time, until the beginning', async () => {
    await chat.open(null);
    await Promise.all([chat.loadOlder(), chat.loadOlder()]);
    expect(ids()).toEqual(idsOf(1, 2, 3, 4));
    await chat.loadOlder();
    expect(pages.older).toHaveBeenCalledTimes(1);
    expect(chat.hasOlder()).toBe(false);
  });

  it('tells of older ones that failed, and loads them when asked again', async () => {
    await chat.open(null);
    pages.older.mockRejectedValueOnce(new Error('no connection'));
    await chat.loadOlder();
    expect(chat.older()).toBe('failed');
    expect(ids()).toEqual(idsOf(3, 4));
    await chat.loadOlder();
    expect(chat.older()).toBe('ready');
  });

  it('opens at a place and goes on to the end from there', async () => {
    await chat.open({ messageId: messageId(1), cursor: 'c1' });
    expect(ids()).toEqual(idsOf(1, 2));
    tell(aMessage(9));
    expect(ids()).toEqual(idsOf(1, 2));
    expect(chat.unseenArrivals()).toEqual(idsOf(9));
    await chat.loadNewer();
    expect(ids()).toEqual(idsOf(1, 2, 3));
    expect(chat.hasNewer()).toBe(false);
  });

  it('goes to a place, loading what is around it unless it is there', async () => {
    await chat.open(null);
    await chat.goToPlace({ messageId: messageId(4), cursor: 'at 4' });
    expect(pages.around).not.toHaveBeenCalled();
    await chat.goToPlace({ messageId: messageId(1), cursor: 'at 1' });
    expect(ids()).toEqual(idsOf(1, 2));
  });

  it('goes to a time, and tells of the message there', async () => {
    await chat.open(null);
    const time = new Date();
    expect(await chat.goToTime(time)).toBe(messageId(2));
    expect(pages.atTime).toHaveBeenCalledWith('cnv_1', time);
    expect(ids()).toEqual(idsOf(1, 2));
    resyncs.next();
    await settled();
    expect(pages.around).toHaveBeenLastCalledWith('cnv_1', {
      messageId: messageId(2),
      cursor: 'at 2',
    });
  });

  it('jumps from a place to the end', async () => {
    await chat.open({ messageId: messageId(1), cursor: 'c1' });
    await chat.goToEnd();
    expect(ids()).toEqual(idsOf(3, 4));
  });

  it('counts what came, once each, until the end was in view', async () => {
    await chat.open(null);
    tell(aMessage(5));
    tell(aMessage(5));
    tell(aMessage(6, { direction: 'OUTBOUND' }));
    tell(aMessage(7, { type: 'REACTION' }));
    expect(chat.unseenArrivals()).toEqual(idsOf(5));
    chat.sawEnd();
    expect(chat.unseenArrivals()).toEqual([]);
    expect(chat.lastArrival()?.id).toBe(messageId(5));
  });

  it('does not grow without bound while the end is in view', async () => {
    await chat.open(null);
    for (let n = 5; n <= 404; n += 1) tell(aMessage(n));
    chat.sawEnd();
    chat.sawEnd();
    await settled();
    expect(pages.latest).toHaveBeenCalledTimes(1);
    expect(chat.messages()).toHaveLength(400);
    expect(chat.messages()[0]?.id).toBe(messageId(5));
    await chat.loadOlder();
    expect(pages.older).toHaveBeenLastCalledWith('cnv_1', 'at 5');
  });

  it('has no gap where older ones come after it has let go of what they lead to', async () => {
    const numbered = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, n) => aMessage(from + n));
    pages.latest.mockResolvedValueOnce(latest(page(numbered(1_000, 1_400), true)));
    await chat.open(null);
    const older = deferred<MessagePageFragment>();
    pages.older.mockReturnValueOnce(older.promise);
    const loading = chat.loadOlder();
    for (const message of numbered(1_400, 1_420)) tell(message);
    chat.sawEnd();
    older.resolve(page(numbered(950, 1_000), true));
    await loading;
    expect(ids()).toEqual(numbered(1_020, 1_420).map(({ id }) => id));
    await chat.loadOlder();
    expect(pages.older).toHaveBeenLastCalledWith('cnv_1', 'at 1020');
  });

  it('loads anew around the place that is read', async () => {
    await chat.open(null);
    chat.readingAt(messageId(3));
    resyncs.next();
    await settled();
    expect(pages.around).toHaveBeenLastCalledWith('cnv_1', {
      messageId: messageId(3),
      cursor: 'at 3',
    });
    chat.readingAt(null);
    resyncs.next();
    await settled();
    expect(pages.latest).toHaveBeenCalledTimes(2);
  });

  it('tells of a failed opening and opens when asked again', async () => {
    pages.latest.mockRejectedValueOnce(new Error('no connection'));
    await chat.open(null);
    expect(chat.state()).toBe('failed');
    await chat.reload();
    expect(chat.state()).toBe('ready');
    expect(ids()).toEqual(idsOf(3, 4));
  });

  it('tries again by itself what failed, once the server is there again', async () => {
    pages.latest.mockRejectedValueOnce(new Error('no connection'));
    await chat.open(null);
    connections.next();
    await settled();
    expect(ids()).toEqual(idsOf(3, 4));
    pages.older.mockRejectedValueOnce(new Error('no connection'));
    await chat.loadOlder();
    expect(chat.older()).toBe('failed');
    connections.next();
    await settled();
    expect(ids()).toEqual(idsOf(1, 2, 3, 4));
    connections.next();
    expect(pages.latest).toHaveBeenCalledTimes(2);
  });

  it('loads anew when events were missed, without emptying what is read', async () => {
    await chat.open(null);
    const slow = deferred<LatestMessages>();
    pages.latest.mockReturnValueOnce(slow.promise);
    resyncs.next();
    expect(chat.state()).toBe('ready');
    expect(ids()).toEqual(idsOf(3, 4));
    slow.resolve(latest(page([aMessage(4), aMessage(5)], true)));
    await settled();
    expect(ids()).toEqual(idsOf(4, 5));
  });

  it('lets a page fall that belongs to what was loaded before', async () => {
    await chat.open(null);
    const slow = deferred<MessagePageFragment>();
    pages.older.mockReturnValueOnce(slow.promise);
    const older = chat.loadOlder();
    await chat.reload();
    slow.resolve(page([aMessage(1)]));
    await older;
    expect(ids()).toEqual(idsOf(3, 4));
    expect(chat.older()).toBe('ready');
  });

  it('shows its own message at once, and does not set back its tick', async () => {
    await chat.open(null);
    tell(aMessage(5, { direction: 'OUTBOUND', status: 'DELIVERED' }));
    chat.addOwn(aMessage(5, { direction: 'OUTBOUND', status: 'QUEUED' }));
    chat.addOwn(aMessage(6, { direction: 'OUTBOUND', status: 'QUEUED' }));
    expect(
      chat
        .messages()
        .map(({ status }) => status)
        .slice(-2),
    ).toEqual(['DELIVERED', 'QUEUED']);
  });

  it('listens no more once it is closed', async () => {
    await chat.open(null);
    chat.close();
    tell(aMessage(5));
    expect(ids()).toEqual(idsOf(3, 4));
    expect(events.observed).toBe(false);
  });
});
