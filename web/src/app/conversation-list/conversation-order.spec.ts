import { at } from '../../testing/people';
import { compareByActivity } from './conversation-order';

describe('compareByActivity', () => {
  it('puts the newest activity first', () => {
    const conversations = [
      { id: 'a', lastActivityAt: at(0) },
      { id: 'b', lastActivityAt: at(5000) },
      { id: 'c', lastActivityAt: at(-5000) },
    ];
    expect(conversations.toSorted(compareByActivity).map(({ id }) => id)).toEqual(['b', 'a', 'c']);
  });

  it('breaks the ties of a second by id, the same way every time', () => {
    const a = { id: 'a', lastActivityAt: at(900) };
    const b = { id: 'b', lastActivityAt: at(100) };
    expect([a, b].toSorted(compareByActivity)).toEqual([b, a]);
    expect([b, a].toSorted(compareByActivity)).toEqual([b, a]);
  });
});
