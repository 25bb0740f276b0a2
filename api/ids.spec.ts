import { createFakeClock } from '../test/kit/clock.ts';
import { createIds, idKindOf, parseId } from './ids.ts';

const startAt = Date.UTC(2026, 10, 23, 9);

/** What is compared across kinds. */
const bodyOf = (id: string): string => id.slice(4);

describe('createIds', () => {
  it('makes ids of each kind', () => {
    const ids = createIds(createFakeClock(startAt));
    for (const kind of ['msg', 'cnv', 'cnt', 'dlv'] as const) {
      expect(ids.next(kind)).toMatch(new RegExp(`^${kind}_[0-9A-HJKMNP-TV-Z]{26}$`));
    }
  });

  it('makes ids that only grow, over all kinds', () => {
    const clock = createFakeClock(startAt);
    const ids = createIds(clock);
    const made = Array.from({ length: 2_000 }, (_, n) => {
      if (n % 7 === 0) clock.advance(1);
      return bodyOf(ids.next(n % 2 === 0 ? 'msg' : 'cnv'));
    });
    expect(made).toEqual([...made].sort());
    expect(new Set(made).size).toBe(made.length);
  });

  it('goes on growing when the clock is set back', () => {
    const clock = createFakeClock(startAt);
    const ids = createIds(clock);
    const before = ids.next('msg');
    clock.advance(-3_600_000);
    expect(ids.next('msg') > before).toBe(true);
  });

  it('carries the time of making, as a ULID does', () => {
    const early = createIds(createFakeClock(startAt)).next('msg');
    const late = createIds(createFakeClock(startAt + 1)).next('msg');
    expect(late > early).toBe(true);
    expect(late.slice(0, 13)).toBe(early.slice(0, 13));
  });

  it('continues after a stored id, also one from the future', () => {
    const stored = createIds(createFakeClock(startAt + 60_000)).next('dlv');
    const ids = createIds(createFakeClock(startAt));
    ids.continueAfter(stored);
    expect(bodyOf(ids.next('msg')) > bodyOf(stored)).toBe(true);
  });

  it('continues after a stored id of the very same millisecond', () => {
    const clock = createFakeClock(startAt);
    for (let round = 0; round < 50; round++) {
      const first = createIds(clock);
      const second = createIds(clock);
      second.next('msg');
      const stored = first.next('msg');
      second.continueAfter(stored);
      expect(second.next('msg') > stored).toBe(true);
    }
  });

  it('continues elsewhere than another that continues after the same one', () => {
    const clock = createFakeClock(startAt);
    const stored = createIds(createFakeClock(startAt + 60_000)).next('msg');
    const made = Array.from({ length: 2 }, () => {
      const ids = createIds(clock);
      ids.continueAfter(stored);
      return Array.from({ length: 100 }, () => ids.next('msg'));
    });
    expect(new Set(made.flat()).size).toBe(200);
  });

  it.each(['', 'msg_', 'nonsense', 'msg_01ARZ3NDEKTSV4RRFFQ69G5FAU'])(
    'passes over what is no id: %j',
    (text) => {
      const ids = createIds(createFakeClock(startAt));
      const before = ids.next('msg');
      ids.continueAfter(text);
      expect(bodyOf(ids.next('msg')).slice(0, 10)).toBe(bodyOf(before).slice(0, 10));
    },
  );

  it('takes a clock with fractions', () => {
    expect(createIds({ now: () => startAt + 0.25 }).next('msg')).toMatch(/^msg_/);
  });
});

describe('parseId', () => {
  const id = createIds(createFakeClock(startAt)).next('msg');

  it('takes an id of its kind only', () => {
    expect(parseId('msg', id)).toBe(id);
    expect(parseId('cnv', id)).toBe(null);
    expect(idKindOf(id)).toBe('msg');
  });

  it.each([
    ['', ' msg_x', `${id} `, `${id}\n`, id.toLowerCase(), `abc${id.slice(3)}`, '__proto__'],
  ])('refuses %j', (text) => {
    expect(parseId('msg', text)).toBe(null);
    expect(idKindOf(text)).toBe(null);
  });
});
