import { retryAfterMs } from './retry-after.ts';

const now = Date.UTC(2026, 10, 23, 9, 0, 0);

describe('retryAfterMs', () => {
  it.each([
    ['0', 0],
    ['1', 1_000],
    [' 120 ', 120_000],
    ['Mon, 23 Nov 2026 09:00:30 GMT', 30_000],
    ['Monday, 23-Nov-26 09:00:30 GMT', 30_000],
    ['Mon, 23 Nov 2026 08:00:00 GMT', 0],
  ])('reads %j as %i ms', (header, expected) => {
    expect(retryAfterMs(header, now)).toBe(expected);
  });

  it.each([null, '', '-5', '1.5', '1e3', 'soon', '99999999999', 'Mon, 99 Nov 2026 09:00:00 GMT'])(
    'takes %j for no wait at all',
    (header) => {
      expect(retryAfterMs(header, now)).toBeNull();
    },
  );
});
