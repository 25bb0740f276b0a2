import 'fake-indexeddb/auto';
import { Injector } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { NEVER, Subject } from 'rxjs';
import { Answers } from '../../testing/answers';
import { aMessage } from '../../testing/people';
import { eventually } from '../../testing/settled';
import { LateApollo } from '../apollo/late-apollo';
import { LiveUpdates } from '../connection/live-updates';
import type { LiveSource } from '../connection/live-updates';
import { Conversations } from '../conversation-list/conversations';
import { UnreadTotal } from '../conversation-list/unread-total';
import type { ChatWindow } from '../timeline/chat-window';
import { OfflinePart } from './offline-part';

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

describe('what the windows of a browser keep', () => {
  let answers: Answers;
  let live: LiveUpdates;
  const own: LiveSource = { open: () => NEVER, connections: new Subject(), rest: () => undefined };

  beforeEach(() => {
    Object.assign(globalThis, { BroadcastChannel: Channel });
    Object.defineProperty(navigator, 'locks', { value: locksOfBrowser(), configurable: true });
    Channel.all = [];
    answers = new Answers();
    live = new LiveUpdates({ open: () => NEVER, roundTrip: () => Promise.resolve() });
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
});
