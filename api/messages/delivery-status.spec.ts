import fc from 'fast-check';
import {
  applyReport,
  applyReportOf,
  queued,
  received,
  shownTimes,
  statusOf,
} from './delivery-status.ts';
import type { DeliveryState, Failure, StatusReport } from './delivery-status.ts';

const undeliverable: Failure = { code: 131026, title: 'Message undeliverable', details: null };
const accepted: DeliveryState = { ...queued, stage: 'ACCEPTED', attempt: 1, sentAt: 1_000 };

const sent = (at: number): StatusReport => ({ status: 'SENT', at, failure: null });
const delivered = (at: number): StatusReport => ({ status: 'DELIVERED', at, failure: null });
const read = (at: number): StatusReport => ({ status: 'READ', at, failure: null });
const failed = (at: number, failure: Failure | null = undeliverable): StatusReport => ({
  status: 'FAILED',
  at,
  failure,
});

function after(state: DeliveryState, ...reports: readonly StatusReport[]): DeliveryState {
  return reports.reduce(applyReport, state);
}

describe('statusOf', () => {
  it.each([
    ['RECEIVED', received],
    ['QUEUED', queued],
    ['SENDING', { ...queued, stage: 'SENDING' }],
    ['SENT', accepted],
    ['SENT', { ...accepted, sentAt: null }],
    ['UNKNOWN', { ...queued, stage: 'UNKNOWN', failure: undeliverable }],
    ['FAILED', { ...queued, stage: 'FAILED', failure: undeliverable, failedAt: 1 }],
  ] as const)('is %s', (status, state) => {
    expect(statusOf(state)).toBe(status);
  });

  it('rises with every report', () => {
    expect(statusOf(after(accepted, delivered(2_000)))).toBe('DELIVERED');
    expect(statusOf(after(accepted, delivered(2_000), read(3_000)))).toBe('READ');
  });

  it('never falls: a late SENT or DELIVERED changes nothing after READ', () => {
    expect(statusOf(after(accepted, read(3_000), delivered(2_000), sent(1_000)))).toBe('READ');
  });

  it('is READ or DELIVERED rather than FAILED, whichever came first', () => {
    expect(statusOf(after(accepted, failed(2_000), delivered(3_000)))).toBe('DELIVERED');
    expect(statusOf(after(accepted, delivered(3_000), failed(4_000)))).toBe('DELIVERED');
    expect(statusOf(after(accepted, failed(2_000), read(3_000)))).toBe('READ');
    expect(statusOf(after(accepted, failed(2_000), sent(3_000)))).toBe('FAILED');
  });
});

describe('applyReport', () => {
  it('gives the very same state back when a status repeats', () => {
    const state = after(accepted, delivered(2_000), read(3_000), failed(4_000));
    for (const report of [delivered(2_000), read(3_000), failed(4_000), sent(1_000)]) {
      expect(applyReport(state, report)).toBe(state);
    }
  });

  it('keeps the first time when a status repeats with a later one', () => {
    const state = after(accepted, delivered(2_000), delivered(2_500), delivered(1_500));
    expect(state.deliveredAt).toBe(1_500);
  });

  it('keeps our own time of acceptance', () => {
    expect(after(accepted, sent(5_000)).sentAt).toBe(1_000);
    expect(after({ ...accepted, sentAt: null }, sent(5_000)).sentAt).toBe(5_000);
  });

  it.each(['QUEUED', 'SENDING', 'UNKNOWN'] as const)('settles a message that is %s', (stage) => {
    const state = { ...queued, stage, failure: stage === 'UNKNOWN' ? undeliverable : null };
    expect(after(state, sent(2_000))).toMatchObject({
      stage: 'ACCEPTED',
      sentAt: 2_000,
      failure: null,
    });
    expect(statusOf(after(state, delivered(2_000)))).toBe('DELIVERED');
  });

  it('fails a message of unknown outcome when WhatsApp says so', () => {
    const state = { ...queued, stage: 'UNKNOWN', failure: undeliverable } as const;
    const other = { ...undeliverable, code: 131047 };
    expect(after(state, failed(2_000, other))).toMatchObject({
      stage: 'FAILED',
      failedAt: 2_000,
      failure: other,
    });
  });

  it('says that no reason was given where there is none', () => {
    expect(after(accepted, failed(2_000, null)).failure).toEqual({
      code: null,
      title: 'WhatsApp gave no reason',
      details: null,
    });
  });

  it('keeps the first failure', () => {
    const other = { ...undeliverable, code: 1 };
    expect(after(accepted, failed(3_000, other), failed(2_000)).failure).toEqual(undeliverable);
    expect(after(accepted, failed(2_000), failed(3_000, other)).failure).toEqual(undeliverable);
  });

  it('ends in the same place whatever the order and however often', () => {
    const reports = [sent(1_000), delivered(2_000), read(3_000), failed(2_500), failed(2_600)];
    const history = fc.array(fc.constantFrom(...reports), { minLength: 1, maxLength: 12 });
    const start = { ...accepted, sentAt: null };
    fc.assert(
      fc.property(
        history.chain((h) => fc.tuple(fc.constant(h), shuffled(h))),
        ([one, other]) => {
          expect(after(start, ...one)).toEqual(after(start, ...other, ...other));
        },
      ),
    );
  });
});

describe('applyReportOf', () => {
  it('passes over the failure of an attempt that another one has followed', () => {
    const second = { ...queued, stage: 'SENDING', attempt: 2 } as const;
    expect(applyReportOf(second, { attempt: 1, report: failed(2_000) })).toBe(second);
    expect(applyReportOf(second, { attempt: 2, report: failed(2_000) })).toMatchObject({
      stage: 'FAILED',
    });
    const waiting = { ...second, stage: 'QUEUED' } as const;
    expect(applyReportOf(waiting, { attempt: 2, report: failed(2_000) })).toBe(waiting);
  });

  it('heeds that an earlier one arrived', () => {
    const second = { ...queued, stage: 'SENDING', attempt: 2 } as const;
    expect(applyReportOf(second, { attempt: 1, report: delivered(2_000) })).toEqual(
      applyReport(second, delivered(2_000)),
    );
  });
});

function shuffled<Item>(items: readonly Item[]): fc.Arbitrary<Item[]> {
  return fc.shuffledSubarray([...items], { minLength: items.length });
}

describe('shownTimes', () => {
  it('shows a message that was read as delivered by then', () => {
    expect(shownTimes(after(accepted, read(3_000)))).toEqual({
      sentAt: 1_000,
      deliveredAt: 3_000,
      readAt: 3_000,
    });
  });

  it('shows the time of delivery where there is one', () => {
    expect(shownTimes(after(accepted, read(3_000), delivered(2_000))).deliveredAt).toBe(2_000);
  });
});
