import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { Subject } from 'rxjs';
import { Answers } from '../../testing/answers';
import { aConversation, aMessage } from '../../testing/people';
import { deferred, eventually, settled } from '../../testing/settled';
import { Drafts } from '../composer/drafts';
import { SendQueue } from '../sending/send-queue';
import { UnreadTotal } from '../conversation-list/unread-total';
import { LiveUpdates } from '../connection/live-updates';
import type { LiveEvent } from '../connection/live-updates';
import { ServerHealth } from '../connection/server-health';
import { OtherWindows } from './other-windows';
import { DesktopNotices } from '../notifications/desktop-notices';
import { LocalStore } from '../ui/local-store';
import { Reload } from '../update/reload';
import { Upkeep } from './upkeep';

const first = {
  conversations: {
    __typename: 'ConversationConnection',
    eventCursor: '7',
    totalUnread: 3,
    nodes: [],
    pageInfo: { __typename: 'PageInfo', hasNextPage: false, endCursor: null },
  },
  health: {
    __typename: 'Health',
    configured: true,
    missingSettings: [],
    warnings: [],
    version: '0.1.0',
    outbox: { __typename: 'OutboxHealth', pausedReason: null },
  },
};

describe('Upkeep', () => {
  let answers: Answers;
  let streams: Subject<LiveEvent>[];
  let afters: (string | null)[];
  let live: LiveUpdates;
  let queue: SendQueue;
  let sent: number;
  let upkeep: Upkeep;
  let signOuts: Subject<void>;
  let reloads: number;
  let noticesClosed: number;

  beforeEach(async () => {
    signOuts = new Subject();
    localStorage.clear();
    streams = [];
    sent = 0;
    reloads = 0;
    noticesClosed = 0;
    afters = [];
    answers = new Answers().on('InboxStart', () => first);
    live = new LiveUpdates({
      open: (after) => {
        afters.push(after);
        const stream = new Subject<LiveEvent>();
        streams.push(stream);
        return stream;
      },
      head: () => Promise.resolve(null),
    });
    queue = new SendQueue({
      send: () => {
        sent += 1;
        return Promise.resolve({ kind: 'no-answer' });
      },
      store: new LocalStore(),
      newId: () => 'mine',
      now: () => 0,
    });
    TestBed.configureTestingModule({
      providers: [
        answers.provide(),
        provideRouter([]),
        { provide: LocalStore, useFactory: () => new LocalStore() },
        { provide: LiveUpdates, useValue: live },
        { provide: SendQueue, useValue: queue },
        { provide: Reload, useValue: { now: () => (reloads += 1) } },
        { provide: DesktopNotices, useValue: { closeAll: () => (noticesClosed += 1) } },
        { provide: OtherWindows, useValue: { signOuts, tellSignedOut: () => undefined } },
      ],
    });
    upkeep = TestBed.inject(Upkeep);
    upkeep.start();
    await eventually(() => {
      expect(streams).toHaveLength(1);
    });
  });
  afterEach(() => {
    void upkeep.stop();
    queue.discard('mine');
  });

  it('asks once at the start, and goes live from there', async () => {
    await eventually(() => {
      expect(afters).toEqual(['7']);
    });
    expect(TestBed.inject(ServerHealth).health()?.configured).toBe(true);
    expect(TestBed.inject(UnreadTotal).value()).toBe(3);
    live.connected();
    await settled();
    expect(answers.asked.map(({ name }) => name)).toEqual(['InboxStart']);
  });

  it('hears of a sign-out: its memory ends with its page, what all windows share is left alone', async () => {
    // It may have slept, and somebody is signed in again.
    TestBed.inject(Drafts).keep('cnv_1', 'of the next one');
    signOuts.next();
    await eventually(() => {
      expect(reloads).toBe(1);
    });
    expect(new LocalStore().read('draft.cnv_1')).toBe('of the next one');
    expect(live.state()).toBe('connecting');
  });

  it('goes live all the same when there is no answer', async () => {
    void upkeep.stop();
    answers.on('InboxStart', () => Promise.reject(new Error('no connection')));
    upkeep.start();
    await eventually(() => {
      expect(afters.at(-1)).toBeNull();
    });
  });

  it('keeps an unread count that is newer than the first answer', async () => {
    void upkeep.stop();
    const slow = deferred<unknown>();
    answers.on('InboxStart', () => slow.promise);
    answers.on('UnreadTotal', () => ({ conversations: { totalUnread: 4 } }));
    const asked = answers.asked.length;
    upkeep.start();
    await eventually(() => {
      expect(answers.asked.length).toBeGreaterThan(asked);
    });
    // What was kept has gone live meanwhile.
    live.start({ after: '7', asOfMs: 0 });
    const conversation = { ...aConversation('cnv_1'), unreadCount: 4 };
    streams
      .at(-1)
      ?.next({ cursor: '8', type: 'CONVERSATION_UPDATED', message: null, conversation });
    await eventually(() => {
      expect(TestBed.inject(UnreadTotal).value()).toBe(4);
    });
    slow.resolve({ ...first, health: { ...first.health, version: 'later' } });
    await eventually(() => {
      expect(TestBed.inject(ServerHealth).health()?.version).toBe('later');
    });
    expect(TestBed.inject(UnreadTotal).value()).toBe(4);
  });

  it('keeps a health of the server that is newer than the first answer', async () => {
    void upkeep.stop();
    const health = TestBed.inject(ServerHealth);
    health.know({ ...first.health, version: 'of before' });
    const opened = streams.length;
    upkeep.start();
    await eventually(() => {
      expect(health.health()?.version).toBe('0.1.0');
    });
    health.know({ ...first.health, version: 'newer' });
    await eventually(() => {
      expect(streams.length).toBeGreaterThan(opened);
    });
    expect(health.health()?.version).toBe('newer');
  });

  it('does not go live when signed out before the answer came', async () => {
    void upkeep.stop();
    await settled();
    const before = afters.length;
    const slow = deferred<unknown>();
    answers.on('InboxStart', () => slow.promise);
    upkeep.start();
    void upkeep.stop();
    slow.resolve(first);
    await new Promise((resolve) => setTimeout(resolve));
    expect(afters).toHaveLength(before);
  });

  it('asks for the health of the server when a message of ours is put back', async () => {
    answers.on('ServerHealth', () => ({
      health: { ...first.health, outbox: { ...first.health.outbox, pausedReason: 'Rejected.' } },
    }));
    const message = aMessage(1, { direction: 'OUTBOUND', status: 'QUEUED' });
    streams[0]?.next({ cursor: '8', type: 'MESSAGE_UPDATED', message, conversation: null });
    await eventually(() => {
      expect(TestBed.inject(ServerHealth).health()?.outbox.pausedReason).toBe('Rejected.');
    });
  });

  it('takes a message that comes in for the confirmation of what was sent', async () => {
    queue.add('cnv_1', 'hello');
    await settled();
    const message = aMessage(1, { direction: 'OUTBOUND', clientMessageId: 'mine' });
    streams[0]?.next({ cursor: '1', type: 'MESSAGE_ADDED', message, conversation: null });
    expect(queue.items()).toEqual([]);
  });

  it('sends what waits as soon as the network or a person is back', async () => {
    queue.add('cnv_1', 'hello');
    await settled();
    expect(sent).toBe(1);
    window.dispatchEvent(new Event('online'));
    await settled();
    expect(sent).toBe(2);
    window.dispatchEvent(new Event('focus'));
    await settled();
    expect(sent).toBe(3);
  });

  it('connects at once when the network is back', async () => {
    streams[0]?.error(new Error('lost'));
    window.dispatchEvent(new Event('online'));
    await settled();
    expect(streams).toHaveLength(2);
  });

  it('leaves nothing behind on signing out', async () => {
    const drafts = TestBed.inject(Drafts);
    drafts.keep('cnv_1', 'secret');
    queue.add('cnv_1', 'hello');
    await upkeep.signOut();
    expect(drafts.of('cnv_1')).toBe('');
    expect(queue.items()).toEqual([]);
    expect(new LocalStore().keys()).toEqual([]);
    expect(live.state()).toBe('connecting');
    // Whatever else is in the memory of the page.
    expect(reloads).toBe(1);
  });

  it('takes the notices of the system away with the session', () => {
    void upkeep.stop();
    expect(noticesClosed).toBe(1);
  });
});
