import { z } from 'zod';
import type { Identity } from '../../contacts/contact.ts';
import type { DeliveryElement } from '../delivery-element.ts';
import type { ElementContext } from './element-context.ts';
import {
  absentWhenEmpty,
  describeProblem,
  label,
  optional,
  phoneNumber,
  userId,
} from './fields.ts';
import { readMessage } from './message.ts';

const sender = z.object({
  from: absentWhenEmpty(phoneNumber),
  from_user_id: absentWhenEmpty(userId),
});

const change = z.object({
  system: z.object({
    type: label,
    wa_id: optional(phoneNumber),
    user_id: optional(userId),
    previous_user_id: optional(userId),
  }),
});

// `customer_changed_number` is the name of older webhook versions.
const changeTypes = new Set([
  'user_changed_number',
  'user_changed_user_id',
  'customer_changed_number',
]);

/** One entry of `messages`. */
export function readInbound(
  value: unknown,
  { path, business, people }: ElementContext,
): DeliveryElement {
  const aside = (detail: string) => ({ kind: 'aside', path, detail }) as const;
  const message = readMessage(value);
  if ('problem' in message) return aside(message.problem);
  const { raw, ...common } = message;
  const from = sender.safeParse(raw);
  if (!from.success) return aside(describeProblem(from.error));
  const told = { phoneNumber: from.data.from ?? null, userId: from.data.from_user_id ?? null };
  const changed = message.content.type === 'SYSTEM' ? readChange(raw, told) : null;
  const before = changed?.before ?? told;
  if (before.phoneNumber === null && before.userId === null) {
    return aside('from: neither a phone number nor from_user_id is given');
  }
  return {
    kind: 'inbound',
    path,
    business,
    from: people.complete(before),
    ...common,
    changedTo: changed?.after ?? null,
  };
}

type Told = Pick<Identity, 'phoneNumber' | 'userId'>;

/** Who a notice of a new number or user id speaks of, before and after it. */
function readChange(
  raw: unknown,
  told: Told,
): { readonly before: Told; readonly after: Identity } | null {
  const system = change.safeParse(raw).data?.system;
  if (system === undefined || !changeTypes.has(system.type)) return null;
  const { wa_id, user_id, previous_user_id } = system;
  if (wa_id === null && user_id === null) return null;
  // `from_user_id` may name the person by the new id already.
  const former = told.userId === user_id ? null : told.userId;
  return {
    before: { phoneNumber: told.phoneNumber, userId: previous_user_id ?? former },
    after: { phoneNumber: wa_id, userId: user_id, username: null, profileName: null },
  };
}
