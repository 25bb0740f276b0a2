import { z } from 'zod';
import type { DeliveryElement } from '../delivery-element.ts';
import { elementsOfChange } from './change.ts';
import { describeProblem } from './fields.ts';

export type ParsedDelivery =
  | { readonly kind: 'understood'; readonly elements: readonly DeliveryElement[] }
  | { readonly kind: 'refused'; readonly reason: string };

/** Meta puts at most 1000 updates into a delivery. */
const maxElements = 5_000;

const notification = z.object({
  object: z.literal('whatsapp_business_account'),
  entry: z.array(z.unknown()),
});
const entry = z.object({ changes: z.array(z.unknown()) });

/**
 * Understands a delivery element by element: one that makes no sense is set aside with the reason,
 * and its neighbours go on. Refused is only what is no notification of WhatsApp at all.
 */
export function parseDelivery(body: Buffer, phoneNumberIds: ReadonlySet<string>): ParsedDelivery {
  const json = decode(body);
  if ('reason' in json) return { kind: 'refused', reason: json.reason };
  const found = notification.safeParse(json.value);
  if (!found.success) {
    return {
      kind: 'refused',
      reason: `Not a WhatsApp notification: ${describeProblem(found.error)}`,
    };
  }
  const elements: DeliveryElement[] = [];
  for (const element of elementsOf(found.data.entry, phoneNumberIds)) {
    if (elements.length === maxElements) {
      const detail = `More than ${String(maxElements)} updates in one delivery: the rest is in the journal only`;
      elements.push({ kind: 'aside', path: element.path, detail });
      break;
    }
    elements.push(element);
  }
  return { kind: 'understood', elements };
}

function decode(body: Buffer): { readonly value: unknown } | { readonly reason: string } {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return { reason: 'The body is not valid UTF-8' };
  }
  try {
    return { value: JSON.parse(text) };
  } catch {
    // The parser's own message quotes the body.
    return { reason: 'The body is not valid JSON' };
  }
}

function* elementsOf(
  entries: readonly unknown[],
  phoneNumberIds: ReadonlySet<string>,
): Generator<DeliveryElement> {
  for (const [at, value] of entries.entries()) {
    const path = `entry[${String(at)}]`;
    const found = entry.safeParse(value);
    if (!found.success) {
      yield { kind: 'aside', path, detail: describeProblem(found.error) };
      continue;
    }
    for (const [index, raw] of found.data.changes.entries()) {
      yield* elementsOfChange(raw, `${path}.changes[${String(index)}]`, phoneNumberIds);
    }
  }
}
