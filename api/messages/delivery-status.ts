import type { Instant } from '../clock.ts';

export type MessageStatus =
  'RECEIVED' | 'QUEUED' | 'SENDING' | 'SENT' | 'DELIVERED' | 'READ' | 'FAILED' | 'UNKNOWN';

/** Why a message failed, as stored; the advice for it is looked up when it is shown. */
export interface Failure {
  /** Meta's code; null where it gave none or the refusal is our own. */
  readonly code: number | null;
  readonly title: string;
  readonly details: string | null;
}

/** Where a message is on our side. ACCEPTED: WhatsApp took it. UNKNOWN: it may have. */
export type Stage = 'RECEIVED' | 'QUEUED' | 'SENDING' | 'ACCEPTED' | 'FAILED' | 'UNKNOWN';

/**
 * Everything known about the way of a message. The status is derived from it, so that reports may
 * come in any order, repeatedly, and always end in the same place.
 */
export interface DeliveryState {
  readonly stage: Stage;
  /** How often it was handed to WhatsApp, the running attempt included. */
  readonly attempt: number;
  readonly sentAt: Instant | null;
  readonly deliveredAt: Instant | null;
  readonly readAt: Instant | null;
  readonly failedAt: Instant | null;
  readonly failure: Failure | null;
}

/** One entry of a webhook's `statuses`. */
export interface StatusReport {
  readonly status: 'SENT' | 'DELIVERED' | 'READ' | 'FAILED';
  readonly at: Instant;
  readonly failure: Failure | null;
}

const untouched = {
  attempt: 0,
  sentAt: null,
  deliveredAt: null,
  readAt: null,
  failedAt: null,
  failure: null,
};

export const received: DeliveryState = { ...untouched, stage: 'RECEIVED' };
export const queued: DeliveryState = { ...untouched, stage: 'QUEUED' };

/** WhatsApp has told how the running attempt ended. */
export function isKnown({ stage }: DeliveryState): boolean {
  return stage === 'ACCEPTED' || stage === 'FAILED';
}

/** READ implies DELIVERED; either outweighs a failure, since one device is enough. */
export function statusOf(state: DeliveryState): MessageStatus {
  if (state.readAt !== null) return 'READ';
  if (state.deliveredAt !== null) return 'DELIVERED';
  if (state.failure !== null) return state.stage === 'UNKNOWN' ? 'UNKNOWN' : 'FAILED';
  if (state.sentAt !== null) return 'SENT';
  return state.stage === 'ACCEPTED' ? 'SENT' : state.stage;
}

/** The state with the report applied, or the very same state when it says nothing new. */
export function applyReport(state: DeliveryState, report: StatusReport): DeliveryState {
  switch (report.status) {
    case 'SENT':
      // Our own time of acceptance is the finer one and stays.
      return state.sentAt === null ? { ...settled(state), sentAt: report.at } : settled(state);
    case 'DELIVERED':
      return isEarlier(report.at, state.deliveredAt)
        ? { ...settled(state), deliveredAt: report.at }
        : state;
    case 'READ':
      return isEarlier(report.at, state.readAt) ? { ...settled(state), readAt: report.at } : state;
    case 'FAILED':
      // Of several failures the first one by WhatsApp's time holds, in whatever order they come.
      if (state.stage === 'FAILED' && !isEarlier(report.at, state.failedAt)) return state;
      return {
        ...state,
        stage: 'FAILED',
        failedAt: report.at,
        failure: report.failure ?? noReason,
      };
  }
}

/** The same for a report on one of its attempts: that an earlier one failed says nothing of the message any more. */
export function applyReportOf(
  state: DeliveryState,
  { attempt, report }: { readonly attempt: number; readonly report: StatusReport },
): DeliveryState {
  // A message in its line is about to get its next attempt.
  const current = state.stage === 'QUEUED' ? state.attempt + 1 : state.attempt;
  return report.status === 'FAILED' && attempt < current ? state : applyReport(state, report);
}

/** Every time a person can be shown: READ without its own DELIVERED was delivered by then. */
export function shownTimes(
  state: DeliveryState,
): Pick<DeliveryState, 'sentAt' | 'deliveredAt' | 'readAt'> {
  const { sentAt, deliveredAt, readAt } = state;
  return { sentAt, deliveredAt: deliveredAt ?? readAt, readAt };
}

const noReason: Failure = { code: null, title: 'WhatsApp gave no reason', details: null };

// A report proves that WhatsApp took the message, whatever we believed about the call.
function settled(state: DeliveryState): DeliveryState {
  switch (state.stage) {
    case 'ACCEPTED':
    case 'FAILED':
    case 'RECEIVED':
      return state;
    case 'QUEUED':
    case 'SENDING':
    case 'UNKNOWN':
      return { ...state, stage: 'ACCEPTED', failure: null, failedAt: null };
  }
}

function isEarlier(at: Instant, known: Instant | null): boolean {
  return known === null || at < known;
}
