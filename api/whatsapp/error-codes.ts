import type { Failure } from '../messages/delivery-status.ts';
import { ownFailureFacts } from '../messages/own-failure.ts';
import type { FailureFacts, RetryPolicy } from '../messages/own-failure.ts';
import { permissionMissing, tableOfCodes } from './error-code-table.ts';

export interface Advice {
  readonly title: string;
  /** Who has to do what. */
  readonly advice: string;
  /** A person's Retry makes sense, once the advice was followed. */
  readonly retryable: boolean;
}

/** What to show a support person about a failed or unconfirmed message. */
export function adviceFor(failure: Failure): Advice {
  const known = factsOf(failure);
  if (known === null) return adviceForUnknown(failure);
  const { title, advice, retryable } = known;
  return { title, advice: withDetails(advice, failure.details), retryable };
}

/** An unknown code is permanent: repeating what we do not understand could do harm. */
export function retryPolicyOf(failure: Failure): RetryPolicy {
  return factsOf(failure)?.retry ?? 'never';
}

function factsOf(failure: Failure): FailureFacts | null {
  if (failure.code === null) return ownFailureFacts(failure);
  // 200 to 299: https://developers.facebook.com/docs/graph-api/guides/error-handling
  if (failure.code >= 200 && failure.code < 300) return permissionMissing;
  return tableOfCodes.get(failure.code) ?? null;
}

function adviceForUnknown(failure: Failure): Advice {
  const advice =
    failure.code === null
      ? "WhatsApp refused it for a reason that this inbox does not know. Ask the operator to look it up in Meta's list of error codes."
      : `WhatsApp refused it with code ${failure.code}, which this inbox does not know. Ask the operator to look it up in Meta's list of error codes.`;
  return {
    title: failure.title,
    advice: withDetails(advice, failure.details),
    retryable: true,
  };
}

function withDetails(advice: string, details: string | null): string {
  return details === null || details.trim() === '' ? advice : `${advice} Details: ${details}`;
}
