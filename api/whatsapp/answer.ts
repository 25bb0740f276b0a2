import { z } from 'zod';
import type { Instant } from '../clock.ts';
import type { Failure } from '../messages/delivery-status.ts';
import { ownFailure } from '../messages/own-failure.ts';
import { retryAfterMs } from './retry-after.ts';
import type { SendOutcome } from './whatsapp.ts';

export interface Answer {
  readonly status: number;
  readonly retryAfter: string | null;
  /** Null when it was longer than is read. */
  readonly text: string | null;
}

export type AnswerTo = 'message' | 'receipt';

const acceptedMessage = z.looseObject({
  messages: z.array(z.looseObject({ id: z.string().min(1).max(1_000) })).min(1),
});
const acceptedReceipt = z.looseObject({ success: z.literal(true) });

// Some gateways write numbers as text; every part but the code may be absent.
const code = z.union([
  z.int32().nonnegative(),
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number),
]);
const text = z.string().optional().catch(undefined);
const refusal = z.looseObject({
  error: z.looseObject({
    code,
    message: text,
    error_user_msg: text,
    error_data: z.looseObject({ details: text }).optional().catch(undefined),
  }),
});

/** What an answer of the Cloud API means for the one message that was asked about. */
export function outcomeOf(answer: Answer, to: AnswerTo, now: Instant): SendOutcome {
  const body = parseJson(answer.text);
  if (answer.status >= 200 && answer.status < 300) {
    const accepted = acceptance(body, to);
    if (accepted !== null) return accepted;
  }
  const refused = refusal.safeParse(body);
  const retryAfter = retryAfterMs(answer.retryAfter, now);
  if (refused.success) {
    return { kind: 'REFUSED', failure: failureOf(refused.data.error), retryAfterMs: retryAfter };
  }
  return withoutReason(answer.status, retryAfter);
}

function acceptance(body: unknown, to: AnswerTo): SendOutcome | null {
  if (to === 'receipt') {
    return acceptedReceipt.safeParse(body).success ? { kind: 'ACCEPTED', wamid: null } : null;
  }
  const wamid = acceptedMessage.safeParse(body).data?.messages[0]?.id;
  return wamid === undefined ? null : { kind: 'ACCEPTED', wamid };
}

/**
 * An answer without Meta's code. A redirect or another 4xx says that the request was not served; after a 408,
 * any 5xx or an odd 200 the message may be on its way all the same.
 */
function withoutReason(status: number, retryAfter: number | null): SendOutcome {
  const details = `HTTP status ${status} without a reason.`;
  if (status === 429) {
    const failure = ownFailure('too-many-requests', details);
    return { kind: 'REFUSED', failure, retryAfterMs: retryAfter };
  }
  if (status >= 300 && status < 500 && status !== 408) {
    return { kind: 'REFUSED', failure: ownFailure('not-the-api', details), retryAfterMs: null };
  }
  return { kind: 'UNKNOWN', failure: ownFailure('outcome-unknown', details) };
}

const shownLength = 500; // characters; Meta's own texts are below 200

function failureOf(error: z.infer<typeof refusal>['error']): Failure {
  // Meta writes "(#130429) Rate limit hit"; the code is shown beside it anyway.
  const title = (error.message ?? '').replace(/^\(#\d+\)\s*/, '').trim();
  const details = error.error_data?.details ?? error.error_user_msg ?? null;
  return {
    code: error.code,
    title: title === '' ? 'WhatsApp refused it' : title.slice(0, shownLength),
    details: details === null ? null : details.slice(0, shownLength),
  };
}

function parseJson(body: string | null): unknown {
  if (body === null) return null;
  try {
    return JSON.parse(body);
  } catch {
    // Not JSON: judged by its status alone.
    return null;
  }
}
