import 'fake-indexeddb/auto';
import { Injector, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { NEVER, Subject } from 'rxjs';
import { Answers } from '../../testing/answers';
import { aConversation, aMessage, asAnswered } from '../../testing/people';
import { eventually } from '../../testing/settled';
import { cachedConversation, keepConversation } from '../apollo/keep-conversation';
import { LateApollo } from '../apollo/late-apollo';
import { LiveUpdates } from '../connection/live-updates';
import type { LiveSource } from '../connection/live-updates';
import { Conversations } from '../conversation-list/conversations';
import { InboxEventsDocument } from '../graphql/graphql';
import { Session } from '../sign-in/session';
import { UnreadTotal } from '../conversation-list/unread-total';
import type { ChatWindow } from '../timeline/open-chat/chat-window';
import { Now } from '../ui/now';
import { InboxDatabase } from './inbox-database';
import { OfflinePart } from './offline-part';
import { shapeOf } from './shape-of';

/** All windows of one browser hear each other. */
class Channel extends EventTarget {
  static all: Channel[] = [];
  readonly name: string;
  constructor(name: string) {
    super();
    this.name = name;
    Channel.all.push(this);
  }
  postMessage(data: unknown): void {
    for (const channel of Channel.all) {
      if (channel !== this && channel.name === this.name)
        channel.dispatchEvent(new MessageEvent('message', { data: structuredClone(data) }));
    }
  }
}

/** The first one who asks has it for good. */
function locksOfBrowser() {
  let isTaken = false;
  return {
    request: async (_name: string, _options: unknown, hold: () => Promise<void>): Promise<void> => {
      if (isTaken) return new Promise(() => undefined);
      isTaken = true;
      return hold();
    },
  };
}

const loaded: ChatWindow = {
  messages: [aMessage(1), aMessage(2)],
  olderCursor: 'at 1',
  newerCursor: null,
};

const noChats = {
  nodes: [],
  totalUnread: 0,
  pageInfo: { hasNextPage: false, endCursor: null },
};

describe('what the windows of a browser keep', () => {
  let answers: Answers;
  let live: LiveUpdates;
  const own: LiveSource = { open: () => NEVER, connections: new Subject(), rest: () => undefined };

  beforeEach(() => {
    Object.assign(globalThis, { BroadcastChannel: Channel });
    Object.defineProperty(navigator, 'locks', { value: locksOfBrowser(), configurable: true });
    Channel.all = [];
    answers = new Answers();
    live = new LiveUpdates({ open: () => NEVER, head: () => Promise.resolve(null) });
    TestBed.configureTestingModule({
      providers: [answers.provide(), { provide: LiveUpdates, useValue: live }],
    });
  });
  afterEach(() => {
    jest.useRealTimers();
    Reflect.deleteProperty(globalThis, 'BroadcastChannel');
    Reflect.deleteProperty(navigator, 'locks');
  });

  /** The first one leads. */
  function windows(): readonly [OfflinePart, OfflinePart] {
    const open = (): OfflinePart => {
      const part = new OfflinePart({
        apollo: TestBed.inject(LateApollo),
        conversations: TestBed.inject(Conversations),
        injector: TestBed.inject(Injector),
        live,
        unread: TestBed.inject(UnreadTotal),
      });
      part
        .share(own, () => undefined)
        .open(null)
        .subscribe();
      return part;
    };
    return [open(), open()];
  }

  it('is what any of them has opened, whichever leads next', async () => {
    const [leader, follower] = windows();
    live.start({ after: '7', asOfMs: null });
    leader.shelve('cnv_1', loaded);
    follower.shelve('cnv_2', loaded);
    await eventually(() => {
      for (const part of [leader, follower])
        expect([part.endOf('cnv_1'), part.endOf('cnv_2')]).toEqual([loaded, loaded]);
    });
  });

  it('is nothing that another has opened while no events come: it would grow old', () => {
    const [leader, follower] = windows();
    leader.shelve('cnv_1', loaded);
    expect(follower.endOf('cnv_1')).toBeNull();
  });

  it('is the newest chats in all of them, asked for by one', async () => {
    jest.useFakeTimers();
    const messages = {
      __typename: 'MessageConnection',
      nodes: loaded.messages,
      pageInfo: {
        hasPreviousPage: false,
        startCursor: 'at 1',
        hasNextPage: false,
        endCursor: 'at 2',
      },
    };
    answers.on('NewestChats', () => ({ conversations: { nodes: [{ id: 'cnv_1', messages }] } }));
    const parts = windows();
    live.start({ after: '7', asOfMs: null });
    live.connected();
    await jest.advanceTimersByTimeAsync(6_000);
    expect(answers.askedOf('NewestChats')).toHaveLength(1);
    for (const part of parts) expect(part.endOf('cnv_1')?.messages).toHaveLength(2);
    live.stop();
  });

  it('does not set back what is known of a chat that was opened sooner', async () => {
    const database = new InboxDatabase(shapeOf(InboxEventsDocument));
    const [sooner, only] = [aConversation('cnv_1'), aConversation('cnv_2')];
    const asKept = (conversation: typeof only) => ({
      id: conversation.id,
      conversation: asAnswered({ ...conversation, unreadCount: 3 }),
      ...loaded,
    });
    const inbox = { cursor: '6', asOfMs: Date.now(), needsSession: false, conversations: [] };
    const kept = { ...inbox, unreadTotal: 0, chats: [asKept(sooner), asKept(only)] };
    await database.read();
    await database.write({ kept, changed: new Set() });
    const { cache } = await TestBed.inject(LateApollo).client();
    keepConversation(cache, asAnswered(sooner));
    await windows()[0].restore();
    await eventually(() => {
      expect(cachedConversation(cache, 'cnv_2')?.unreadCount).toBe(3);
    });
    expect(cachedConversation(cache, 'cnv_1')?.unreadCount).toBe(0);
    await database.clear();
  });

  describe('and needs a session to be shown', () => {
    const sign = 'whatsapp_inbox_signed_in=1';
    const database = new InboxDatabase(shapeOf(InboxEventsDocument));

    afterEach(async () => {
      document.cookie = `${sign}; max-age=0`;
      await database.clear();
    });

    /** What a page writes at its end, the sign being gone. */
    async function needsSession(): Promise<boolean | undefined> {
      live.start({ after: '7', asOfMs: null });
      await TestBed.inject(Conversations).load();
      await TestBed.inject(LateApollo).client();
      document.cookie = `${sign}; max-age=0`;
      TestBed.tick();
      globalThis.dispatchEvent(new Event('pagehide'));
      const until = performance.now() + 2_000;
      let kept = await database.read();
      while (kept?.cursor !== '7' && performance.now() < until) kept = await database.read();
      return kept?.needsSession;
    }

    beforeEach(() => {
      answers.on('InboxStart', () => ({ conversations: noChats }));
      answers.on('ConversationList', () => ({ conversations: noChats }));
    });

    it('where it did so before, and the session has ended since', async () => {
      document.cookie = sign;
      const inbox = { conversations: [], unreadTotal: 0, chats: [], needsSession: true };
      await database.read();
      await database.write({
        kept: { ...inbox, cursor: '6', asOfMs: Date.now() },
        changed: new Set(),
      });
      await windows()[0].restore();
      expect(await needsSession()).toBe(true);
    });

    it('where a key was asked for, with or without a sign', async () => {
      TestBed.overrideProvider(Session, { useValue: { canSignOut: () => true } });
      await windows()[0].restore();
      expect(await needsSession()).toBe(true);
    });

    it('but not where none is asked for', async () => {
      await windows()[0].restore();
      expect(await needsSession()).toBe(false);
    });

    it('no longer than the session, also in a page that stays open without a network', () => {
      const now = signal(0);
      const expire = jest.fn();
      TestBed.overrideProvider(Now, { useValue: { value: now } });
      TestBed.overrideProvider(Session, { useValue: { canSignOut: () => true, expire } });
      const tick = (): void => {
        now.update((ms) => ms + 1);
        TestBed.tick();
      };
      windows();
      tick();
      // Of an older server: there was no sign that could end.
      expect(expire).not.toHaveBeenCalled();
      document.cookie = sign;
      tick();
      expect(expire).not.toHaveBeenCalled();
      document.cookie = `${sign}; max-age=0`;
      tick();
      expect(expire).toHaveBeenCalled();
    });

    it('or as long as the server says, where it can be asked', () => {
      const now = signal(0);
      const expire = jest.fn();
      TestBed.overrideProvider(Now, { useValue: { value: now } });
      TestBed.overrideProvider(Session, { useValue: { canSignOut: () => true, expire } });
      document.cookie = sign;
      windows();
      TestBed.tick();
      live.start({ after: '7', asOfMs: null });
      live.connected();
      document.cookie = `${sign}; max-age=0`;
      now.set(1);
      TestBed.tick();
      expect(live.state()).toBe('live');
      expect(expire).not.toHaveBeenCalled();
      live.stop();
    });
  });
});
