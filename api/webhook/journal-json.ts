import { z } from 'zod';
import type { JournalEntry, Rejection } from '../storage/store.ts';

// Deliveries as the REST routes and the command show them.

const time = z.string().meta({ format: 'date-time', description: 'ISO 8601, UTC, milliseconds.' });

const verdict = z
  .object({
    path: z.string().describe('Where it stands, like `entry[0].changes[1].value.messages[0]`.'),
    result: z
      .enum(['APPLIED', 'REPEATED', 'HELD', 'KEPT', 'SET_ASIDE'])
      .describe(
        'REPEATED: known already. KEPT: nothing for the inbox. HELD: a status that waits for its message. SET_ASIDE: not filed, for the reason in `detail`.',
      ),
    detail: z.string().nullable(),
  })
  .describe('What became of one element of a delivery.');

export const entrySchema = z
  .object({
    id: z.string(),
    received_at: time,
    state: z.enum(['PENDING', 'DONE', 'SET_ASIDE']),
    size_bytes: z.int(),
    verdicts: z.array(verdict),
  })
  .describe('A webhook delivery and what became of it.');

export const entryWithBodySchema = entrySchema
  .extend({ body: z.string().describe('As it came; bytes that are no UTF-8 are shown as U+FFFD.') })
  .describe('A webhook delivery with its body.');

export const entriesSchema = z
  .object({
    deliveries: z.array(entrySchema),
    next: z.string().nullable().describe('Give it as `before` for older ones; null: that is all.'),
  })
  .describe('A page of deliveries, newest first.');

export const rejectionsSchema = z
  .object({
    rejections: z.array(
      z.object({
        at: time,
        status: z.int(),
        reason: z.string(),
        times: z.int().describe('How many alike this entry stands for.'),
      }),
    ),
  })
  .describe('Refused deliveries, newest first.');

/** By the names that they have in the OpenAPI document. */
export const journalAnswers = {
  Verdict: verdict,
  Delivery: entrySchema,
  DeliveryWithBody: entryWithBodySchema,
  DeliveryPage: entriesSchema,
  Rejections: rejectionsSchema,
};

export type EntryJson = z.infer<typeof entrySchema>;
export type EntryWithBodyJson = z.infer<typeof entryWithBodySchema>;
export type RejectionJson = z.infer<typeof rejectionsSchema>['rejections'][number];

export function entryJson(entry: JournalEntry): EntryJson {
  return {
    id: entry.id,
    received_at: new Date(entry.receivedAt).toISOString(),
    state: entry.state,
    size_bytes: entry.sizeBytes,
    verdicts: [...entry.verdicts],
  };
}

export function entryWithBodyJson(
  entry: JournalEntry & { readonly body: Buffer },
): EntryWithBodyJson {
  return { ...entryJson(entry), body: entry.body.toString('utf8') };
}

export function rejectionJson({ at, status, reason, times }: Rejection): RejectionJson {
  return { at: new Date(at).toISOString(), status, reason, times };
}
