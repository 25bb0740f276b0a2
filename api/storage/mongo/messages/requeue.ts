import type { MessageId } from '../../../ids.ts';
import { queued } from '../../../messages/delivery-status.ts';
import { isRetryable } from '../../../messages/message.ts';
import type { QueueTerms, RequeueResult } from '../../store.ts';
import type { Core } from '../core.ts';
import type { MessageDocument, QueuePlace } from '../documents.ts';
import { takePlace } from '../outbox/take-place.ts';
import { changeMessage } from './change-message.ts';
import { toMessage } from './message-documents.ts';

/** A new attempt of the same message, at the end of the line. */
export async function requeue(
  core: Core,
  id: MessageId,
  terms: QueueTerms,
): Promise<RequeueResult> {
  const message = await core.collections.messages.findOne({ _id: id });
  if (message === null) return { kind: 'not-found' };
  if (!isRetryable(message)) return { kind: 'not-retryable', message: toMessage(message) };
  const line = { ...message, now: terms.now };
  const again = await takePlace(core, line, (position) =>
    queueAgain(core, id, { position, terms }),
  );
  if (again !== null) return { kind: 'requeued', message: toMessage(again) };
  // Somebody else was first.
  return requeue(core, id, terms);
}

async function queueAgain(
  core: Core,
  id: MessageId,
  { position, terms }: { readonly position: number; readonly terms: QueueTerms },
): Promise<MessageDocument | null> {
  const changed = await changeMessage(core, id, (before) =>
    isRetryable(before)
      ? {
          delivery: { ...queued, attempt: before.delivery.attempt },
          position,
          queue: newPlace(terms),
        }
      : null,
  );
  return changed === null || changed.after === changed.before ? null : changed.after;
}

export function newPlace({ now, giveUpAt }: QueueTerms): QueuePlace {
  return { queuedAt: now, dueAt: now, giveUpAt, refusals: 0, leaseUntil: null };
}
