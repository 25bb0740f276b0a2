import { z } from 'zod';
import { secondMs } from '../../clock.ts';
import type { Instant } from '../../clock.ts';
import { cleanText } from '../../messages/text-body.ts';

// Meta's ids are far shorter; longer ones would only bloat the indexes.
const wamidMaxLength = 512;
const userIdMaxLength = 256; // "CC.ENT." and up to 128 letters and digits
const labelMaxLength = 1_024;
const latestSecond = 4_102_444_800; // the year 2100

/** What a person wrote: cleaned, never cut. */
export const text = z.string().transform(cleanText);

/** A name or title: cleaned, and cut where nobody reads on. */
export const label = z
  .string()
  .transform((value) => cleanText(cleanText(value).slice(0, labelMaxLength)));

/** A number where Meta's examples show a string, or the other way round. */
export const labelOrNumber = z.union([label, z.number().transform(String)]);

export const wamid = opaqueId(wamidMaxLength);
export const userId = opaqueId(userIdMaxLength);
export const metaId = opaqueId(128);

/** wa_id: country code first. Some of Meta's pages show it with a plus. */
export const phoneNumber = z
  .string()
  .regex(/^\+?\d{5,20}$/, 'is not a phone number of 5 to 20 digits')
  .transform((value) => value.replace('+', ''));

/** Unix seconds, as a string or (in some echoes) a number, to milliseconds. */
export const timestamp = z.unknown().transform((value, context): Instant => {
  const second = typeof value === 'string' && /^\d{1,10}$/.test(value) ? Number(value) : value;
  if (Number.isInteger(second) && Number(second) > 0 && Number(second) < latestSecond) {
    return Number(second) * secondMs;
  }
  context.addIssue('is not a time in unix seconds');
  return z.NEVER;
});

/** An empty string where the documents say that the key is left out. */
export function absentWhenEmpty<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((value) => (value === '' ? null : value), schema.nullish());
}

/** An object as it came, to its last key. */
export const anyObject = z.custom<Readonly<Record<string, unknown>>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'is not an object',
);

/** Something that we can do without: null when it is missing or makes no sense. */
export function optional<Schema extends z.ZodType>(schema: Schema) {
  return schema
    .nullish()
    .catch(null)
    .transform((value) => value ?? null);
}

/** The first thing wrong with an element, with the field's name and without its value. */
export function describeProblem(error: z.ZodError, within: readonly PropertyKey[] = []): string {
  const [issue] = error.issues;
  if (issue === undefined) return 'not understood';
  const path = [...within, ...issue.path].map(String).join('.');
  return path === '' ? issue.message : `${path}: ${issue.message}`;
}

function opaqueId(maxLength: number) {
  return z
    .string()
    .min(1, 'is empty')
    .max(maxLength, `is longer than ${String(maxLength)} characters`)
    .regex(/^[!-~]*$/, 'holds characters that no id of WhatsApp has');
}
