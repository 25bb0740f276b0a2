import { z } from 'zod';
import type { LocationContent } from '../../messages/message-content.ts';
import { label, optional } from './fields.ts';

/** A number in the documents, a string in some examples. */
const degrees = (limit: number) =>
  optional(
    z
      .union([
        z.number(),
        z
          .string()
          .regex(/^-?\d+(\.\d+)?$/)
          .transform(Number),
      ])
      .pipe(z.number().min(-limit).max(limit)),
  );

export const location = z
  .object({
    location: z.object({
      latitude: degrees(90),
      longitude: degrees(180),
      name: optional(label),
      address: optional(label),
    }),
  })
  .transform((message): LocationContent => ({ type: 'LOCATION', ...message.location }));
