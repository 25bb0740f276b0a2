import { horizon } from './set-back.ts';

describe('horizon', () => {
  it('lies behind all that the clock of any process can have put off', () => {
    const now = Date.UTC(2026, 10, 23);
    const aheadMs = 5_000;
    expect(now + aheadMs + 30_000).toBeLessThan(horizon(now, 30_000));
    expect(now + 3_600_000).toBeGreaterThan(horizon(now, 30_000));
  });
});
