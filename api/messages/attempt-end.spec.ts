import { cutOff, isToldLate } from './attempt-end.ts';
import { queued } from './delivery-status.ts';
import { ownFailure } from './own-failure.ts';

describe('isToldLate', () => {
  const unknown = { ...queued, stage: 'UNKNOWN', attempt: 2, failure: cutOff } as const;
  const claim = { attempt: 2, terms: { giveUpAt: 0, refusals: 0 } };
  const failed = { kind: 'FAILED' } as const;

  it('heeds an outcome of a message of which nobody told how its attempt ended', () => {
    for (const kind of ['FAILED', 'RETRY', 'RELEASE'] as const) {
      expect(isToldLate({ ...unknown, failure: { ...cutOff } }, claim, { kind })).toBe(true);
    }
    expect(isToldLate(unknown, claim, { kind: 'UNKNOWN' })).toBe(false);
  });

  it('heeds none of what an answer left open, nor of what has been settled or sent since', () => {
    const open = { ...unknown, failure: ownFailure('outcome-unknown') };
    expect(isToldLate(open, claim, failed)).toBe(false);
    expect(isToldLate({ ...unknown, attempt: 3 }, claim, failed)).toBe(false);
    for (const stage of ['ACCEPTED', 'FAILED', 'QUEUED', 'SENDING'] as const) {
      expect(isToldLate({ ...unknown, stage }, claim, failed)).toBe(false);
    }
  });

  it('puts nothing back on terms that nobody says', () => {
    expect(isToldLate(unknown, { attempt: 2 }, { kind: 'RETRY' })).toBe(false);
    expect(isToldLate(unknown, { attempt: 2 }, failed)).toBe(true);
  });
});
