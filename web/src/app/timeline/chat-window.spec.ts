import { aMessage, at, messageId } from '../../testing/people';
import type { MessagePageFragment } from '../graphql/graphql';
import {
  emptyWindow,
  latestWindow,
  windowAround,
  withMessage,
  withNewer,
  withOlder,
} from './chat-window';
import type { ChatWindow } from './chat-window';

function page(
  numbers: number[],
  ends: { older?: boolean; newer?: boolean } = {},
): MessagePageFragment {
  return {
    nodes: numbers.map((n) => aMessage(n)),
    pageInfo: {
      hasPreviousPage: ends.older ?? false,
      hasNextPage: ends.newer ?? false,
      startCursor: `before ${String(numbers[0])}`,
      endCursor: `after ${String(numbers.at(-1))}`,
    },
  };
}

const ids = (window: ChatWindow): string[] => window.messages.map(({ id }) => id);
const idsOf = (...numbers: number[]): string[] => numbers.map(messageId);

describe('a window of a chat', () => {
  it('opens at the end, with a way to older ones', () => {
    const window = latestWindow(page([4, 5], { older: true }));
    expect(window).toMatchObject({ olderCursor: 'before 4', newerCursor: null });
  });

  it('opens around a message', () => {
    const window = windowAround(
      page([1, 2], { older: true }),
      aMessage(3),
      page([4], { newer: true }),
    );
    expect(ids(window)).toEqual(idsOf(1, 2, 3, 4));
    expect(window).toMatchObject({ olderCursor: 'before 1', newerCursor: 'after 4' });
  });

  it('opens at a place whose message is gone', () => {
    expect(ids(windowAround(page([1]), null, page([4])))).toEqual(idsOf(1, 4));
  });

  it('grows upwards and downwards, each message once', () => {
    const middle = windowAround(page([], { older: true }), aMessage(3), page([4], { newer: true }));
    const grown = withNewer(withOlder(middle, page([1, 2, 3])), page([4, 5]));
    expect(ids(grown)).toEqual(idsOf(1, 2, 3, 4, 5));
    expect(grown).toMatchObject({ olderCursor: null, newerCursor: null });
  });
});

describe('withMessage', () => {
  const loaded = latestWindow(page([3, 5], { older: true }));

  it('adds a new one at the end', () => {
    expect(ids(withMessage(loaded, aMessage(6)))).toEqual(idsOf(3, 5, 6));
  });

  it('puts one that came late where it belongs', () => {
    expect(ids(withMessage(loaded, aMessage(4)))).toEqual(idsOf(3, 4, 5));
  });

  it('orders by whole seconds, then by id', () => {
    const sameSecond = aMessage(9, { timestamp: at(5 * 60_000 + 400) });
    const earlierId = aMessage(4, { timestamp: at(5 * 60_000 + 900) });
    const window = withMessage(withMessage(loaded, sameSecond), earlierId);
    expect(ids(window)).toEqual(idsOf(3, 4, 5, 9));
  });

  it('replaces one that changed and keeps its place', () => {
    const window = withMessage(loaded, aMessage(3, { status: 'READ' }));
    expect(ids(window)).toEqual(idsOf(3, 5));
    expect(window.messages[0]?.status).toBe('READ');
  });

  it('gives the same window however often it is applied', () => {
    const once = withMessage(loaded, aMessage(6));
    expect(withMessage(once, aMessage(6))).toEqual(once);
  });

  it('leaves out what lies before the loaded part', () => {
    expect(withMessage(loaded, aMessage(1))).toBe(loaded);
  });

  it('takes it when the beginning of the chat is loaded', () => {
    expect(ids(withMessage(latestWindow(page([3])), aMessage(1)))).toEqual(idsOf(1, 3));
    expect(ids(withMessage(emptyWindow, aMessage(1)))).toEqual(idsOf(1));
  });

  it('leaves out what lies after the loaded part', () => {
    const around = windowAround(page([1]), aMessage(2), page([3], { newer: true }));
    expect(withMessage(around, aMessage(9))).toBe(around);
  });
});
