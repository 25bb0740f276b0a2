import { comparePlaces, cursorOf, parseCursor, placeOf } from './chat-order.ts';

const first = 'msg_01ARZ3NDEKTSV4RRFFQ69G5FAV';
const second = 'msg_01ARZ3NDEKTSV4RRFFQ69G5FAW';

describe('places', () => {
  it('are ordered by whole seconds, then by id', () => {
    const places = [
      placeOf(2_000, first),
      placeOf(1_999, second),
      placeOf(1_000, first),
      placeOf(2_999, second),
    ];
    expect(places.sort(comparePlaces)).toEqual([
      { second: 1, id: first },
      { second: 1, id: second },
      { second: 2, id: first },
      { second: 2, id: second },
    ]);
  });

  it('are equal only to themselves', () => {
    expect(comparePlaces(placeOf(1_000, first), placeOf(1_999, first))).toBe(0);
    expect(comparePlaces(placeOf(1_000, first), placeOf(1_000, second))).toBe(-1);
    expect(comparePlaces(placeOf(1_000, second), placeOf(1_000, first))).toBe(1);
  });
});

describe('cursors', () => {
  it('name a place', () => {
    const place = placeOf(1_795_424_400_123, first);
    expect(parseCursor(cursorOf(place), 'msg')).toEqual(place);
    expect(parseCursor(cursorOf(place), 'cnv')).toBe(null);
  });

  it('are letters, digits, - and _ only, so that they fit into a link', () => {
    expect(cursorOf(placeOf(1_795_424_400_123, first))).toMatch(/^[\w-]+$/);
  });

  it.each([
    ['nothing', ''],
    ['words', 'not a cursor'],
    ['a place without id', Buffer.from('12:').toString('base64url')],
    ['an id of another form', Buffer.from(`12:${first.toLowerCase()}`).toString('base64url')],
    ['a negative second', Buffer.from(`-1:${first}`).toString('base64url')],
    ['a second beyond all times', Buffer.from(`1234567890123:${first}`).toString('base64url')],
    ['more behind it', `${cursorOf(placeOf(0, first))}!`],
    ['a line break in it', `${cursorOf(placeOf(0, first)).slice(0, 9)}\n`],
  ])('are refused when they hold %s', (_, cursor) => {
    expect(parseCursor(cursor, 'msg')).toBe(null);
  });
});
