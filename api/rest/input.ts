import type { z } from 'zod';
import { InvalidInputError } from '../errors.ts';
import { parseCursor } from '../messages/chat-order.ts';
import type { Place, PlacedKind } from '../messages/chat-order.ts';
import { maxPageSize } from '../paging.ts';

/** What to do about a field that is not of its form; the use cases judge the rest. */
const remedies: Readonly<Record<string, string>> = {
  '': 'Send a JSON object, for example {"to": "15555550142", "message": "Hello"}.',
  to: 'Give the recipient as text: country code first, digits only.',
  message: 'Give the message as text of 1 to 4096 characters.',
  message_type: 'Only "text" can be sent.',
  limit: `Give one whole number from 1 to ${String(maxPageSize)}.`,
};

/** The input in its form, or every issue at once. */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new InvalidInputError(
    parsed.error.issues.map((issue) => {
      const path = issue.path.map(String);
      return { path, message: remedies[path.join('.')] ?? 'Give it once, as text.' };
    }),
  );
}

export function placeAt(
  name: 'before' | 'after',
  cursor: string | undefined,
  kind: PlacedKind,
): Place | undefined {
  if (cursor === undefined) return undefined;
  const place = parseCursor(cursor, kind);
  if (place !== null) return place;
  throw new InvalidInputError([
    { path: [name], message: 'This is no cursor of this list: use the one that its answer gave.' },
  ]);
}

// The use cases know these by the names that GraphQL has for them.
const restNames: Readonly<Record<string, string>> = {
  text: 'message',
  phoneNumber: 'phone_number',
  clientMessageId: 'Idempotency-Key',
};

/** The same issues with the names that this API has for the fields. */
export function inRestNames(error: InvalidInputError): InvalidInputError {
  return new InvalidInputError(
    error.issues.map(({ path, message }) => ({
      path: path.map((name) => restNames[name] ?? name),
      message,
    })),
  );
}
