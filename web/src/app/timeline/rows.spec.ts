import { aMessage, at, messageId, noon } from '../../testing/people';
import type { Outgoing } from '../sending/send-queue';
import { bubbleOfMessage } from './bubble/bubble-of';
import { rowsOf, unreadFrom } from './rows';
import type { Row, RowsInput } from './rows';

const day = 24 * 60 * 60_000;

function rows(input: Partial<RowsInput>): readonly Row[] {
  return rowsOf({
    messages: [],
    outgoing: [],
    unreadFromId: null,
    bubbleOf: bubbleOfMessage,
    ...input,
  });
}

function outgoing(change: Partial<Outgoing> = {}): Outgoing {
  return {
    clientMessageId: 'mine',
    conversationId: 'cnv_1',
    text: 'on its way',
    createdAtMs: noon + 60_000,
    replyTo: null,
    expectedLastMessageId: null,
    refusal: null,
    ...change,
  };
}

describe('rowsOf', () => {
  it('puts a line before each day', () => {
    const messages = [aMessage(1), aMessage(2), aMessage(3, { timestamp: at(day) })];
    expect(rows({ messages }).map(({ kind }) => kind)).toEqual([
      'day',
      'bubble',
      'bubble',
      'day',
      'bubble',
    ]);
  });

  it('groups what one side wrote within five minutes', () => {
    const messages = [
      aMessage(1),
      aMessage(2),
      aMessage(3, { direction: 'OUTBOUND' }),
      aMessage(4),
      aMessage(9),
    ];
    const firsts = rows({ messages }).flatMap((row) =>
      row.kind === 'bubble' ? [row.isFirst] : [],
    );
    expect(firsts).toEqual([true, false, true, true, true]);
  });

  it('knows where groups end, for the room after them', () => {
    const messages = [aMessage(1), aMessage(2), aMessage(3, { type: 'SYSTEM' }), aMessage(4)];
    const lasts = rows({ messages }).flatMap((row) => (row.kind === 'bubble' ? [row.isLast] : []));
    expect(lasts).toEqual([false, true, true]);
  });

  it('shows notices as lines and reactions not at all', () => {
    const messages = [
      aMessage(1, { type: 'REACTION', content: { __typename: 'ReactionContent' } }),
      aMessage(2, { type: 'SYSTEM', text: 'The number changed.' }),
    ];
    expect(rows({ messages }).slice(1)).toEqual([
      expect.objectContaining({ kind: 'notice', text: 'The number changed.' }),
    ]);
  });

  it('draws the unread line above its message, and begins a group there', () => {
    const messages = [aMessage(1), aMessage(2)];
    const drawn = rows({ messages, unreadFromId: messageId(2) });
    expect(drawn.map(({ kind }) => kind)).toEqual(['day', 'bubble', 'unread', 'bubble']);
    expect(drawn[3]).toMatchObject({ isFirst: true });
  });

  it('shows what waits to be sent at the end', () => {
    const drawn = rows({ messages: [aMessage(1)], outgoing: [outgoing()] });
    expect(drawn.at(-1)).toMatchObject({
      kind: 'bubble',
      bubble: { text: 'on its way', messageId: null, tick: { label: 'Waiting to be sent' } },
    });
  });

  it('keeps the key of a bubble when the server has taken it, and shows it once', () => {
    const before = rows({ outgoing: [outgoing()] }).at(-1);
    const taken = aMessage(1, { direction: 'OUTBOUND', clientMessageId: 'mine' });
    const after = rows({ messages: [taken], outgoing: [outgoing()] });
    expect(after.at(-1)?.key).toBe(before?.key);
    expect(after.filter(({ kind }) => kind === 'bubble')).toHaveLength(1);
  });

  it('tells why one was refused', () => {
    const refusal = { title: 'Closed', advice: 'Wait.' };
    expect(rows({ outgoing: [outgoing({ refusal })] }).at(-1)).toMatchObject({
      bubble: { tick: { icon: 'failed' }, problem: { ...refusal, tone: 'failed' } },
    });
  });

  it('has no key twice, even when the days come out of order', () => {
    const messages = [aMessage(1), aMessage(2, { timestamp: at(day) }), aMessage(3)];
    const keys = rows({ messages }).map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('has no rows for an empty chat', () => {
    expect(rows({})).toEqual([]);
  });
});

describe('unreadFrom', () => {
  const messages = [
    aMessage(1),
    aMessage(2),
    aMessage(3, { direction: 'OUTBOUND' }),
    aMessage(4, { type: 'REACTION' }),
    aMessage(5),
    aMessage(6, { type: 'SYSTEM' }),
  ];

  it('counts back over what counts as unread', () => {
    expect(unreadFrom(messages, { count: 1, upToId: messageId(6) })).toBe(messageId(5));
    expect(unreadFrom(messages, { count: 2, upToId: messageId(6) })).toBe(messageId(2));
  });

  it('stays where it is when others come', () => {
    const mark = { count: 1, upToId: messageId(6) };
    expect(unreadFrom([...messages, aMessage(7)], mark)).toBe(messageId(5));
  });

  it('is the first loaded one when more are unread than loaded, until older ones are', () => {
    const mark = { count: 3, upToId: messageId(6) };
    expect(unreadFrom(messages.slice(1), mark)).toBe(messageId(2));
    expect(unreadFrom(messages, mark)).toBe(messageId(1));
  });

  it('is nothing when nothing is unread or loaded', () => {
    expect(unreadFrom(messages, { count: 0, upToId: messageId(6) })).toBeNull();
    expect(unreadFrom([], { count: 3, upToId: messageId(6) })).toBeNull();
  });
});
