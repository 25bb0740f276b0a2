import { cutOff, isToldLate, stateAfter } from './attempt-end.ts';
import { queued } from './delivery-status.ts';
import { ownFailure } from './own-failure.ts';

describe('stateAfter', () => {
  const at = 1_000;
  const failure = { code: 1, title: 'No', details: null };
  const sending = { ...queued, stage: 'SENDING', attempt: 2 } as const;
  const accepted = { kind: 'ACCEPTED', at, wamid: 'w1' } as const;

  it('is sent once WhatsApp has accepted it, whatever was believed until then', () => {
    for (const before of [sending, { ...sending, stage: 'UNKNOWN', failure: cutOff } as const]) {
      expect(stateAfter(before, accepted)).toEqual({ ...sending, stage: 'ACCEPTED', sentAt: at });
    }
  });

  it('stays failed where WhatsApp has reported that before its acceptance was told', () => {
    const failed = { ...sending, stage: 'FAILED', failedAt: 900, failure } as const;
    expect(stateAfter(failed, accepted)).toEqual({ ...failed, sentAt: at });
  });

  it('waits again after a refusal that allows another attempt, without a failure', () => {
    const unknown = { ...sending, stage: 'UNKNOWN', failure: cutOff } as const;
    for (const kind of ['RETRY', 'RELEASE'] as const) {
      const after = stateAfter(unknown, { kind, at, dueAt: at, failure });
      expect(after).toEqual({ ...sending, stage: 'QUEUED' });
    }
  });

  it('knows when it failed, but not when it became unknown', () => {
    expect(stateAfter(sending, { kind: 'FAILED', at, failure })).toEqual({
      ...sending,
      stage: 'FAILED',
      failedAt: at,
      failure,
    });
    const before = { ...sending, failedAt: 900 };
    expect(stateAfter(before, { kind: 'UNKNOWN', at, failure })).toEqual({
      ...sending,
      stage: 'UNKNOWN',
      failure,
    });
  });
});

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
