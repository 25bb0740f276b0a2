import { queued, received } from './delivery-status.ts';
import { isRetryable } from './message.ts';

describe('isRetryable', () => {
  const failure = { code: 1, title: 'No', details: null };
  const failed = { ...queued, stage: 'FAILED', failure } as const;

  it('is what failed and what may have failed, of ours', () => {
    const unknown = { ...failed, stage: 'UNKNOWN' } as const;
    expect(isRetryable({ direction: 'OUTBOUND', delivery: failed })).toBe(true);
    expect(isRetryable({ direction: 'OUTBOUND', delivery: unknown })).toBe(true);
    expect(isRetryable({ direction: 'INBOUND', delivery: failed })).toBe(false);
    expect(isRetryable({ direction: 'INBOUND', delivery: received })).toBe(false);
  });

  it('is not what waits, is on its way, or has arrived after all', () => {
    for (const stage of ['QUEUED', 'SENDING', 'ACCEPTED'] as const) {
      expect(isRetryable({ direction: 'OUTBOUND', delivery: { ...queued, stage } })).toBe(false);
    }
    const arrived = { ...failed, deliveredAt: 1 };
    expect(isRetryable({ direction: 'OUTBOUND', delivery: arrived })).toBe(false);
  });
});
