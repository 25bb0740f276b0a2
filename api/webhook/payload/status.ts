import { z } from 'zod';
import type { Identity } from '../../contacts/contact.ts';
import { parseId } from '../../ids.ts';
import type { Failure, StatusReport } from '../../messages/delivery-status.ts';
import type { DeliveryElement, StatusElement } from '../delivery-element.ts';
import type { ElementContext } from './element-context.ts';
import {
  describeProblem,
  label,
  optional,
  phoneNumber,
  timestamp,
  userId,
  wamid,
} from './fields.ts';
import type { People } from './people.ts';

const reported: ReadonlyMap<string, StatusReport['status']> = new Map([
  ['sent', 'SENT'],
  ['delivered', 'DELIVERED'],
  ['read', 'READ'],
  // The first play of a voice message: it was read by then.
  ['played', 'READ'],
  ['failed', 'FAILED'],
]);

const failure = z
  .object({
    code: optional(
      z.union([
        z.int32(),
        z
          .string()
          .regex(/^\d{1,9}$/)
          .transform(Number),
      ]),
    ),
    title: optional(label),
    message: optional(label),
    error_data: optional(z.object({ details: optional(label) })),
  })
  .transform(({ code, title, message, error_data }): Failure => ({
    code,
    title: title ?? message ?? 'WhatsApp gave no reason',
    details: error_data?.details ?? null,
  }));

const status = z.object({
  id: wamid,
  status: label,
  timestamp,
  recipient_type: optional(label),
  recipient_id: optional(phoneNumber),
  recipient_user_id: optional(userId),
  biz_opaque_callback_data: optional(label),
  errors: optional(z.array(optional(failure))),
});

/** One entry of `statuses`: how far one of our messages has come. */
export function readStatus(
  value: unknown,
  { path, business, people }: ElementContext,
): DeliveryElement {
  const found = status.safeParse(value);
  if (!found.success) return { kind: 'aside', path, detail: describeProblem(found.error) };
  const { data } = found;
  if (data.recipient_type === 'group') return { kind: 'aside', path, detail: 'group message' };
  const state = reported.get(data.status);
  if (state === undefined) {
    return { kind: 'keep', path, detail: `status "${data.status.slice(0, 40)}" changes nothing` };
  }
  return {
    kind: 'status',
    path,
    business,
    wamid: data.id,
    report: {
      status: state,
      at: data.timestamp,
      failure: data.errors?.find((error) => error !== null) ?? null,
    },
    recipient: recipientOf(data, people),
    attemptOf: attemptOf(data.biz_opaque_callback_data),
  };
}

function recipientOf(data: z.output<typeof status>, people: People): Identity | null {
  const { recipient_id, recipient_user_id } = data;
  if (recipient_id === null || recipient_user_id === null) return null;
  return people.complete({ phoneNumber: recipient_id, userId: recipient_user_id });
}

/** Our own words come back: the message's id for the first attempt, `<id>#<n>` for a later one. */
function attemptOf(callbackData: string | null): StatusElement['attemptOf'] {
  const [, id, attempt] = /^([^#]+)(?:#(\d{1,6}))?$/.exec(callbackData ?? '') ?? [];
  const messageId = id === undefined ? null : parseId('msg', id);
  return messageId === null ? null : { messageId, attempt: Number(attempt ?? 1) };
}
