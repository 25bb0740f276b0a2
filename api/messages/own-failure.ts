import type { Failure } from './delivery-status.ts';

/** What a person is told about a failure, and what the outbox does about it by itself. */
export interface FailureFacts {
  readonly title: string;
  /** Who has to do what. */
  readonly advice: string;
  readonly retry: RetryPolicy;
  /** The same message can succeed later, once the advice was followed: a person's Retry makes sense. */
  readonly retryable: boolean;
}

/**
 * What happens to a message after a refusal that says it was not sent:
 * - `never`: it fails at once;
 * - `backoff`: again after 1 s, doubling to 5 minutes;
 * - `slow`: the same from a minute on, for limits that are counted by the hour;
 * - `pair`: again after 4^n s, for the limit of one recipient;
 * - `few`: as backoff, but only so many times;
 * - `pause`: it waits, and so does everything else, until a send works again.
 */
export type RetryPolicy =
  'never' | 'backoff' | 'slow' | 'pair' | 'pause' | { readonly few: number };

const facts = {
  'not-sent-in-time': {
    title: 'Not sent in time',
    advice:
      'It could not be sent within 24 hours and is not tried any more. Press Retry if it is still worth sending.',
    retry: 'never',
    retryable: true,
  },
  'window-closed': {
    title: 'The 24-hour window closed before it could be sent',
    advice:
      'Wait until the customer writes and send it anew then, or reach them with an approved template.',
    retry: 'never',
    retryable: false,
  },
  'outcome-unknown': {
    title: 'Not confirmed by WhatsApp',
    advice:
      'It may have arrived. The ticks appear by themselves if it did: wait a minute. Press Retry only if the customer has not got it, since it could arrive twice.',
    retry: 'never',
    retryable: true,
  },
  unreachable: {
    title: 'WhatsApp cannot be reached',
    advice:
      'It is tried again by itself. If this lasts, the operator should check the network, DNS and WHATSAPP_API_BASE_URL.',
    retry: 'backoff',
    retryable: true,
  },
  'too-many-requests': {
    title: 'Too many requests',
    advice: 'It is tried again by itself, more slowly.',
    retry: 'backoff',
    retryable: true,
  },
  'not-the-api': {
    title: 'The answer did not come from the WhatsApp Cloud API',
    advice:
      'The operator should check WHATSAPP_API_BASE_URL, WHATSAPP_API_VERSION and any proxy in between; then press Retry.',
    retry: 'never',
    retryable: true,
  },
  'no-token': {
    title: 'No access token is set',
    advice: 'The operator has to set WHATSAPP_TOKEN and start the server again.',
    retry: 'pause',
    retryable: true,
  },
  'no-address': {
    title: 'No phone number or user id of this person is known',
    advice: 'Start a new chat with their phone number.',
    retry: 'never',
    retryable: false,
  },
  'not-sendable': {
    title: 'This kind of message cannot be sent',
    advice: 'Send it as text.',
    retry: 'never',
    retryable: false,
  },
} as const satisfies Record<string, FailureFacts>;

export type OwnFailureKind = keyof typeof facts;

/** A failure that is not Meta's word. The title names it; the rest is looked up when it is shown. */
export function ownFailure(kind: OwnFailureKind, details: string | null = null): Failure {
  return { code: null, title: facts[kind].title, details };
}

export const ownFailures: readonly FailureFacts[] = Object.values(facts);

const byTitle: ReadonlyMap<string, FailureFacts> = new Map(
  ownFailures.map((entry) => [entry.title, entry]),
);

/** Null for a failure that is not one of ours. */
export function ownFailureFacts(failure: Failure): FailureFacts | null {
  return failure.code === null ? (byTitle.get(failure.title) ?? null) : null;
}
