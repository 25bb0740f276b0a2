import { z } from 'zod';
import type { DeliveryElement } from '../delivery-element.ts';
import type { ElementContext } from './element-context.ts';
import { absentWhenEmpty, describeProblem, phoneNumber, userId } from './fields.ts';
import { readMessage } from './message.ts';

const recipient = z.object({
  to: absentWhenEmpty(phoneNumber),
  to_user_id: absentWhenEmpty(userId),
});

/** One entry of `message_echoes`: what our side sent from the phone app. */
export function readEcho(
  value: unknown,
  { path, business, people }: ElementContext,
): DeliveryElement {
  const aside = (detail: string) => ({ kind: 'aside', path, detail }) as const;
  const message = readMessage(value);
  if ('problem' in message) return aside(message.problem);
  const { raw, ...common } = message;
  const to = recipient.safeParse(raw);
  if (!to.success) return aside(describeProblem(to.error));
  const told = { phoneNumber: to.data.to ?? null, userId: to.data.to_user_id ?? null };
  if (told.phoneNumber === null && told.userId === null) {
    return aside('to: neither a phone number nor to_user_id is given');
  }
  return { kind: 'echo', path, business, to: people.complete(told), ...common };
}
