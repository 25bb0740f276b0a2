import { TestBed } from '@angular/core/testing';
import { Subject } from 'rxjs';
import { Answers } from '../../testing/answers';
import { aConversation, asAnswered, at } from '../../testing/people';
import { deferred, eventually, settled } from '../../testing/settled';
import { LiveUpdates } from '../connection/live-updates';
import type { LiveEvent } from '../connection/live-updates';
import type { ConversationPartsFragment } from '../graphql/graphql';
import { FirstAnswer } from '../inbox/first-answer';
import { Conversations } from './conversations';

function answer(nodes: ConversationPartsFragment[], hasNextPage = false) {
  return {
    conversations: {
      __typename: 'ConversationConnection',
      nodes: nodes.map(asAnswered),
      pageInfo: { __typename: 'PageInfo', hasNextPage, endCursor: nodes.at(-1)?.id ?? null },
    },
  };
}

describe('Conversations', () => {
  let answers: Answers;
  let open: Subject<LiveEvent>;

  /** The list of a page whose stream of events the test feeds. */
  function start(): Conversations {
    open = new Subject();
    const live = new LiveUpdates({ open: () => open, head: () => Promise.resolve(null) });
    TestBed.configureTestingModule({
      providers: [answers.provide(), { provide: LiveUpdates, useValue: live }],
    });
    live.start();
    return TestBed.inject(Conversations);
  }
  const changed = (conversation: ConversationPartsFragment): void => {
    open.next({
      cursor: '1',
      type: 'CONVERSATION_UPDATED',
      message: null,
      conversation: asAnswered(conversation),
    });
  };
  async function drawn(): Promise<void> {
    TestBed.tick();
    await settled();
  }
  const ids = (list: Conversations) => list.rows()?.map(({ id }) => id);

  beforeEach(() => {
    answers = new Answers();
  });

  it('loads the newest ones and keeps them in order as they change', async () => {
    answers.on('ConversationList', () =>
      answer([aConversation('cnv_1', { lastActivityAt: at(1000) }), aConversation('cnv_2')]),
    );
    const list = start();
    list.show({});
    await drawn();
    await eventually(() => {
      expect(ids(list)).toEqual(['cnv_1', 'cnv_2']);
    });
    changed(aConversation('cnv_2', { lastActivityAt: at(5000) }));
    await drawn();
    await eventually(() => {
      expect(ids(list)).toEqual(['cnv_2', 'cnv_1']);
    });
  });

  it('begins with what the start of the inbox has asked, and asks for what is later', async () => {
    answers.on('InboxStart', () => answer([aConversation('cnv_1')]));
    answers.on('ConversationList', () => answer([aConversation('cnv_2')]));
    const list = start();
    void TestBed.inject(FirstAnswer).ask();
    list.show({});
    await eventually(() => {
      expect(ids(list)).toEqual(['cnv_1']);
    });
    expect(answers.askedOf('ConversationList')).toEqual([]);
    await list.load();
    expect(ids(list)).toEqual(['cnv_2']);
  });

  it('asks for itself when the start of the inbox got no answer', async () => {
    answers.on('InboxStart', () => Promise.reject(new Error('no connection')));
    answers.on('ConversationList', () => answer([aConversation('cnv_2')]));
    const list = start();
    void TestBed.inject(FirstAnswer).ask();
    list.show({});
    await eventually(() => {
      expect(ids(list)).toEqual(['cnv_2']);
    });
  });

  it('shows what was kept until the server is heard, and keeps that current', async () => {
    const slow = deferred<unknown>();
    answers.on('ConversationList', () => slow.promise);
    const list = start();
    list.show({});
    list.restore([aConversation('cnv_1'), aConversation('cnv_2')], true);
    changed(aConversation('cnv_2', { lastActivityAt: at(5000) }));
    expect(ids(list)).toEqual(['cnv_2', 'cnv_1']);
    expect(list.isKept()).toBe(true);
    slow.resolve(answer([aConversation('cnv_3')]));
    await eventually(() => {
      expect(list.isKept()).toBe(false);
    });
    list.restore([aConversation('cnv_1')], true);
    expect(list.isKept()).toBe(false);
  });

  it('is complete from a load on, until something may be missing', async () => {
    answers.on('ConversationList', () => answer([aConversation('cnv_1')]));
    const list = start();
    expect(list.complete()).toBeNull();
    list.show({});
    await eventually(() => {
      expect(list.complete()).toHaveLength(1);
    });
    answers.on('ConversationList', () => Promise.reject(new Error('no connection')));
    open.next({ cursor: '2', type: 'RESYNC', message: null, conversation: null });
    expect(list.complete()).toBeNull();
    await eventually(() => {
      expect(list.state()).toBe('failed');
    });
    expect(list.complete()).toBeNull();
  });

  it.each([true, false])('is complete while what was kept goes on: %s', (goesOn) => {
    const list = start();
    list.restore([aConversation('cnv_1')], goesOn);
    expect(list.complete()).toEqual(goesOn ? [aConversation('cnv_1')] : null);
  });

  it('is not set back by an answer that is older than an event', async () => {
    const slow = deferred<unknown>();
    answers.on('ConversationList', () => slow.promise);
    const list = start();
    list.show({});
    await drawn();
    changed(aConversation('cnv_1', { unreadCount: 3 }));
    slow.resolve(answer([aConversation('cnv_1', { unreadCount: 2 })]));
    await drawn();
    await eventually(() => {
      expect(list.rows()?.[0]?.unreadCount).toBe(3);
    });
  });

  it('goes on with the next page, once', async () => {
    answers.on('ConversationList', ({ after }) =>
      after === null ? answer([aConversation('cnv_2')], true) : answer([aConversation('cnv_1')]),
    );
    const list = start();
    list.show({});
    await drawn();
    await eventually(() => {
      expect(list.hasMore()).toBe(true);
    });
    void list.loadMore();
    void list.loadMore();
    await drawn();
    await eventually(() => {
      expect(ids(list)).toEqual(['cnv_2', 'cnv_1']);
      expect(answers.askedOf('ConversationList')).toHaveLength(2);
      expect(list.hasMore()).toBe(false);
    });
  });

  it('loads what failed by itself once the server is there again', async () => {
    answers.on('ConversationList', () => Promise.reject(new Error('no connection')));
    const list = start();
    list.show({});
    await drawn();
    await eventually(() => {
      expect(list.state()).toBe('failed');
    });
    answers.on('ConversationList', () => answer([aConversation('cnv_1')]));
    TestBed.inject(LiveUpdates).connected();
    await drawn();
    await eventually(() => {
      expect(ids(list)).toEqual(['cnv_1']);
    });
    const asked = answers.asked.length;
    TestBed.inject(LiveUpdates).connected();
    expect(answers.asked).toHaveLength(asked);
  });

  it('tells of a failure and loads when asked again', async () => {
    answers.on('ConversationList', () => Promise.reject(new Error('no connection')));
    const list = start();
    list.show({});
    await drawn();
    await eventually(() => {
      expect(list.state()).toBe('failed');
    });
    answers.on('ConversationList', () => answer([aConversation('cnv_1')]));
    await list.load();
    await drawn();
    await eventually(() => {
      expect(list.state()).toBe('ready');
      expect(ids(list)).toEqual(['cnv_1']);
    });
  });

  it('loads anew when events were missed', async () => {
    answers.on('ConversationList', () => answer([aConversation('cnv_1')]));
    const list = start();
    list.show({});
    await drawn();
    open.next({ cursor: '9', type: 'RESYNC', message: null, conversation: null });
    await drawn();
    await eventually(() => {
      expect(answers.askedOf('ConversationList')).toHaveLength(2);
    });
  });

  it('shows the results of the last search, whichever answer comes first', async () => {
    const first = deferred<unknown>();
    answers.on('ConversationList', ({ filter }) =>
      JSON.stringify(filter).includes('tom') ? first.promise : answer([aConversation('cnv_2')]),
    );
    const list = start();
    list.show({ search: 'tom' });
    await drawn();
    list.show({ search: 'amara' });
    await drawn();
    first.resolve(answer([aConversation('cnv_1')]));
    await drawn();
    await eventually(() => {
      expect(ids(list)).toEqual(['cnv_2']);
      expect(list.state()).toBe('ready');
    });
  });
});
