import type { JournalEntry, Rejection } from '../storage/store.ts';

/** A delivery as the REST routes and the command show it. */
export function entryJson({ id, receivedAt, state, sizeBytes, verdicts }: JournalEntry) {
  return {
    id,
    received_at: new Date(receivedAt).toISOString(),
    state,
    size_bytes: sizeBytes,
    verdicts,
  };
}

/** With the body as the text that came; bytes that are no UTF-8 are shown as U+FFFD. */
export function entryWithBodyJson(entry: JournalEntry & { readonly body: Buffer }) {
  return { ...entryJson(entry), body: entry.body.toString('utf8') };
}

export function rejectionJson({ at, status, reason, times }: Rejection) {
  return { at: new Date(at).toISOString(), status, reason, times };
}

export type EntryJson = ReturnType<typeof entryJson>;
export type EntryWithBodyJson = ReturnType<typeof entryWithBodyJson>;
export type RejectionJson = ReturnType<typeof rejectionJson>;
