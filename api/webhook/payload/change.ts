import { z } from 'zod';
import type { DeliveryElement } from '../delivery-element.ts';
import { unknownNumber } from '../unknown-number.ts';
import { readEcho } from './echo.ts';
import type { ElementContext } from './element-context.ts';
import {
  anyObject,
  describeProblem,
  label,
  labelOrNumber,
  metaId,
  optional,
  phoneNumber,
} from './fields.ts';
import { readInbound } from './inbound.ts';
import { readPeople } from './people.ts';
import { readStatus } from './status.ts';

type Reader = (value: unknown, context: ElementContext) => DeliveryElement;

/** What feeds the inbox, by field. Every other field is acknowledged and kept in the journal only. */
const readersByField = new Map<string, ReadonlyMap<string, Reader>>([
  [
    'messages',
    new Map([
      ['messages', readInbound],
      ['statuses', readStatus],
    ]),
  ],
  ['smb_message_echoes', new Map([['message_echoes', readEcho]])],
]);

const change = z.object({ field: label, value: anyObject });
const metadata = z.object({
  metadata: z.object({
    phone_number_id: metaId,
    display_phone_number: optional(phoneNumber),
  }),
});
const accountErrors = z.object({
  errors: optional(
    z.array(z.object({ code: optional(labelOrNumber), title: optional(label) })).min(1),
  ),
});

/** One entry of `changes`. */
export function* elementsOfChange(
  raw: unknown,
  path: string,
  phoneNumberIds: ReadonlySet<string>,
): Generator<DeliveryElement> {
  const found = change.safeParse(raw);
  if (!found.success) {
    yield { kind: 'aside', path, detail: describeProblem(found.error) };
    return;
  }
  const { field, value } = found.data;
  const readers = readersByField.get(field);
  if (readers === undefined) {
    yield { kind: 'keep', path, detail: `field ${field.slice(0, 80)}` };
    return;
  }
  const valuePath = `${path}.value`;
  const [error] = accountErrors.safeParse(value).data?.errors ?? [];
  if (error !== undefined) {
    const detail = `account error ${error.code ?? ''}: ${error.title ?? 'without a title'}`;
    yield { kind: 'keep', path: `${valuePath}.errors`, detail };
  }
  const filled = [...readers].filter(([key]) => isFilled(value[key]));
  if (filled.length === 0) {
    if (error === undefined) yield { kind: 'keep', path, detail: 'nothing for the inbox in it' };
    return;
  }
  const told = metadata.safeParse(value);
  if (!told.success) {
    yield { kind: 'aside', path: valuePath, detail: describeProblem(told.error) };
    return;
  }
  const { phone_number_id, display_phone_number } = told.data.metadata;
  if (!phoneNumberIds.has(phone_number_id)) {
    yield { kind: 'aside', path: valuePath, detail: unknownNumber(phone_number_id) };
    return;
  }
  const business = { phoneNumberId: phone_number_id, displayPhoneNumber: display_phone_number };
  const people = readPeople(value['contacts']);
  for (const [key, read] of filled) {
    yield* elementsOfList(value[key], `${valuePath}.${key}`, (item, itemPath) =>
      read(item, { path: itemPath, business, people }),
    );
  }
}

function* elementsOfList(
  list: unknown,
  path: string,
  read: (item: unknown, path: string) => DeliveryElement,
): Generator<DeliveryElement> {
  if (!Array.isArray(list)) {
    yield { kind: 'aside', path, detail: 'is not a list' };
    return;
  }
  const items: readonly unknown[] = list;
  for (const [index, item] of items.entries()) yield read(item, `${path}[${String(index)}]`);
}

function isFilled(list: unknown): boolean {
  return list !== undefined && list !== null && !(Array.isArray(list) && list.length === 0);
}
