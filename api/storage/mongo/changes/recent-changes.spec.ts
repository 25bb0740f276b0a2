import { trustedId } from '../../../ids.ts';
import { createRecentChanges } from './recent-changes.ts';
import type { Passed } from './recent-changes.ts';

/** The events of a log by their places: a change each, but for every fifth. */
function passed(...places: readonly number[]): Passed[] {
  return places.map((place) => {
    const cursor = `c${String(place)}`;
    const conversationId = trustedId('cnv', 'cnv_1');
    const change = { cursor, type: 'CONVERSATION_UPDATED', at: 0, conversationId } as const;
    return { cursor, change: place % 5 === 0 ? null : { ...change, messageId: null } };
  });
}

function recentOf(size: number, ...places: readonly number[]) {
  const recent = createRecentChanges(size);
  for (const each of passed(...places)) recent.push(each);
  return {
    recent,
    after: (place: number) =>
      recent.after(`c${String(place)}`, 100)?.map(({ cursor }) => cursor) ?? null,
  };
}

describe('recent changes', () => {
  it('are those after a place, up to a limit', () => {
    const { recent, after } = recentOf(10, 3, 4, 5, 6);
    expect(after(3)).toEqual(['c4', 'c6']);
    expect(after(6)).toEqual([]);
    expect(after(2)).toBeNull();
    expect(recent.after('c3', 1)).toHaveLength(1);
  });

  it('forget the oldest places', () => {
    const { after } = recentOf(3, 1, 2, 3, 4, 5, 6);
    expect(after(3)).toBeNull();
    expect(after(4)).toEqual(['c6']);
  });

  it('take in front what was read up to one of them', () => {
    const { recent, after } = recentOf(10, 6, 7);
    recent.prepend('c2', passed(3, 4, 5, 6));
    expect(after(2)).toEqual(['c3', 'c4', 'c6', 'c7']);
    expect(after(5)).toEqual(['c6', 'c7']);
    recent.prepend('c0', passed(1, 2));
    expect(after(0)).toEqual(['c1', 'c2', 'c3', 'c4', 'c6', 'c7']);
  });

  it('take in front only what there is room for', () => {
    const { recent, after } = recentOf(5, 8, 9);
    recent.prepend('c2', passed(3, 4, 5, 6, 7, 8));
    expect(after(5)).toBeNull();
    expect(after(6)).toEqual(['c7', 'c8', 'c9']);
  });

  it('take nothing in front where they are full, or where it does not meet them', () => {
    const { recent, after } = recentOf(3, 6, 7, 8);
    recent.prepend('c2', passed(3, 4, 5, 6));
    expect([2, 3, 4, 5].map(after)).toEqual([null, null, null, null]);
    expect(after(6)).toEqual(['c7', 'c8']);
    const apart = recentOf(10, 6, 7);
    apart.recent.prepend('c2', passed(3, 4));
    expect(apart.after(3)).toBeNull();
  });
});
