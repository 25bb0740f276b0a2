import { aMessage, at, messageId } from '../../../testing/people';
import type { MessagePageFragment } from '../../graphql/graphql';
import {
  emptyWindow,
  latestWindow,
  mostLoaded,
  windowAround,
  withMessage,
  withNewer,
  withOlder,
  withoutOldest,
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

describe('a window that has grown', () => {
  const numbers = (from: number, count: number) =>
    Array.from({ length: count }, (_, n) => from + n);
  const whole = latestWindow(page(numbers(1000, mostLoaded), { older: true }));

  it('lets go of the other end when pages come, and knows where to load it again', () => {
    const upwards = withOlder(whole, page(numbers(950, 50), { older: true }));
    expect(ids(upwards)).toEqual(idsOf(...numbers(950, mostLoaded)));
    expect(upwards.newerCursor).toBe(`at ${String(949 + mostLoaded)}`);
    const downwards = withNewer(upwards, page(numbers(950 + mostLoaded, 50)));
    expect(ids(downwards)).toEqual(ids(whole));
    expect(downwards).toMatchObject({ olderCursor: 'at 1000', newerCursor: null });
  });

  it('lets go of its beginning for who reads at its end', () => {
    const grown = withMessage(whole, aMessage(5000));
    expect(ids(withoutOldest(grown))).toEqual(ids(grown).slice(1));
    expect(withoutOldest(grown).olderCursor).toBe('at 1001');
    expect(withoutOldest(whole)).toBe(whole);
  });

  it('takes no more at its end while somebody reads far above, but what changed', () => {
    const long = numbers(5000, mostLoaded).reduce(
      (window, n) => withMessage(window, aMessage(n)),
      whole,
    );
    const full = withMessage(long, aMessage(9000));
    expect(ids(full)).toEqual(ids(long));
    expect(full.newerCursor).toBe(`at ${String(4999 + mostLoaded)}`);
    expect(withMessage(full, aMessage(9001))).toBe(full);
    expect(withMessage(full, aMessage(1000, { text: 'new' })).messages[0]?.text).toBe('new');
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
