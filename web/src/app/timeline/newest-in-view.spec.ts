import { aMessage } from '../../testing/people';
import { bubbleOfMessage } from './bubble/bubble-of';
import { isNewestInView } from './newest-in-view';
import { rowsOf } from './rows';

/** Rows of 100 pixels each below the line of the day, in a view that is 400 high. */
function isInView(scrolledPx: number, messages = [aMessage(1), aMessage(2)]): boolean {
  const rows = rowsOf({
    messages,
    outgoing: [],
    bubbleOf: bubbleOfMessage,
    unreadFromId: null,
  });
  return isNewestInView({ rows, topOf: (index) => index * 100 - scrolledPx, viewPx: 400 });
}

describe('isNewestInView', () => {
  it('is so while half of it is to be seen, and once it was scrolled past', () => {
    // It begins at 200.
    expect(isInView(0)).toBe(true);
    expect(isInView(-149)).toBe(true);
    expect(isInView(-151)).toBe(false);
    expect(isInView(900)).toBe(true);
  });

  it('is of the customer: ours may lie out of view', () => {
    const ours = [3, 4, 5].map((n) => aMessage(n, { direction: 'OUTBOUND' }));
    expect(isInView(0, [aMessage(1), aMessage(2), ...ours])).toBe(true);
    expect(isInView(0, ours)).toBe(false);
  });

  it('is so for half a view of one that is higher than that', () => {
    const [row] = rowsOf({
      messages: [aMessage(1)],
      outgoing: [],
      bubbleOf: bubbleOfMessage,
      unreadFromId: null,
    }).filter(({ kind }) => kind === 'bubble');
    const tall = (topPx: number): boolean =>
      isNewestInView({
        rows: row === undefined ? [] : [row],
        topOf: (index) => topPx + index * 2000,
        viewPx: 400,
      });
    expect(tall(200)).toBe(true);
    expect(tall(201)).toBe(false);
  });
});
