import { dateFieldValue, dayName, durationName, shortTime, startOfDay } from './times';

const now = new Date(2026, 4, 14, 9, 30).getTime();
const on = (day: number, hour = 12): number => new Date(2026, 4, day, hour).getTime();

describe('dateFieldValue', () => {
  it('is the day where the reader is', () => {
    expect(dateFieldValue(new Date(2026, 4, 3, 23, 59).getTime())).toBe('2026-05-03');
    expect(dateFieldValue(new Date(2026, 10, 23).getTime())).toBe('2026-11-23');
  });
});

describe('dayName', () => {
  it('names the near days by word and the far ones by date', () => {
    expect(dayName(on(14, 0), now)).toBe('Today');
    expect(dayName(on(13, 23), now)).toBe('Yesterday');
    expect(dayName(on(10), now)).toBe('Sunday');
    expect(dayName(on(1), now)).toContain('2026');
  });

  it('gives a day of the future its date rather than a weekday', () => {
    expect(dayName(on(16), now)).toContain('2026');
  });
});

describe('shortTime', () => {
  it('shows the time today and less the longer ago it is', () => {
    expect(shortTime(on(14, 8), now)).toMatch(/08:00|8:00/);
    expect(shortTime(on(13), now)).toBe('Yesterday');
    expect(shortTime(on(9), now)).toBe('Saturday');
    expect(shortTime(on(1), now)).toMatch(/26/);
  });
});

describe('startOfDay', () => {
  it('is the same for all of a day', () => {
    expect(startOfDay(on(14, 0))).toBe(startOfDay(on(14, 23)));
    expect(startOfDay(on(14, 23))).not.toBe(startOfDay(on(15, 0)));
  });
});

describe('durationName', () => {
  it('tells hours and minutes', () => {
    const minute = 60_000;
    expect(durationName(43 * minute)).toBe('43 mins');
    expect(durationName(60 * minute)).toBe('1 hr');
    expect(durationName(125 * minute)).toBe('2 hrs 5 mins');
  });
});
