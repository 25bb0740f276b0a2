import { createEventRing } from './event-ring.ts';
import type { FeedEvent } from './events.ts';
import { noSurroundings } from './surroundings.ts';

const event = (cursor: string): FeedEvent => ({
  cursor,
  type: 'MESSAGE_ADDED',
  at: 0,
  message: null,
  conversation: null,
  around: noSurroundings,
});

function filled(size: number, count: number) {
  const ring = createEventRing(size, 'start');
  for (let number = 0; number < count; number += 1) ring.push(event(`c${String(number)}`));
  return ring;
}

describe('the event ring', () => {
  it('is empty at first, and knows where it begins', () => {
    const ring = createEventRing(10, 'start');
    expect(ring).toMatchObject({ begin: 0, end: 0, newestCursor: 'start' });
    expect(ring.placeAfter('start')).toBe(0);
    expect(ring.at(0)).toBeUndefined();
  });

  it('gives events by their places, in order', () => {
    const ring = filled(10, 3);
    expect([0, 1, 2, 3].map((place) => ring.at(place)?.cursor)).toEqual([
      'c0',
      'c1',
      'c2',
      undefined,
    ]);
    expect(ring).toMatchObject({ begin: 0, end: 3, newestCursor: 'c2' });
  });

  it('drops the oldest when it is full, and never moves a place', () => {
    const ring = filled(10, 25);
    expect(ring).toMatchObject({ begin: 15, end: 25 });
    expect(ring.at(14)).toBeUndefined();
    expect(ring.at(15)?.cursor).toBe('c15');
    expect(ring.at(24)?.cursor).toBe('c24');
  });

  it('finds what follows a cursor in its newer half only', () => {
    const ring = filled(10, 25);
    expect(ring.placeAfter('c24')).toBe(25);
    expect(ring.placeAfter('c19')).toBe(20);
    expect(ring.placeAfter('c18')).toBeNull();
    expect(ring.placeAfter('start')).toBeNull();
    expect(ring.placeAfter('unknown')).toBeNull();
  });
});
