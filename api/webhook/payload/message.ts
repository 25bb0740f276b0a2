import { z } from 'zod';
import type { Instant } from '../../clock.ts';
import type { MessageContent } from '../../messages/message-content.ts';
import { contentOf } from './content.ts';
import { anyObject, describeProblem, optional, timestamp, wamid } from './fields.ts';

const about = optional(z.object({ original_message_id: optional(wamid) }));

/** What a message of a customer and one of ours have in common. */
const essentials = z.object({
  id: wamid,
  timestamp,
  group_id: z.unknown().optional(),
  // A forwarded message has a context without id.
  context: optional(z.object({ id: optional(wamid) })),
  edit: about,
  revoke: about,
});

export interface ReadMessage {
  readonly wamid: string;
  readonly timestamp: Instant;
  readonly content: MessageContent;
  readonly replyToWamid: string | null;
  /** The message as it came, for what only one side has. */
  readonly raw: Readonly<Record<string, unknown>>;
}

/** The message, or why it cannot be filed. Content that makes no sense is no reason: it is kept as it came. */
export function readMessage(value: unknown): ReadMessage | { readonly problem: string } {
  const raw = anyObject.safeParse(value).data;
  if (raw === undefined) return { problem: 'is not an object' };
  const found = essentials.safeParse(raw);
  if (!found.success) return { problem: describeProblem(found.error) };
  const { id, timestamp: at, group_id, context, edit, revoke } = found.data;
  if (group_id !== undefined && group_id !== null) return { problem: 'group message' };
  const content = contentOf(raw);
  const quoted = content.type === 'SYSTEM' ? (edit ?? revoke)?.original_message_id : undefined;
  return {
    wamid: id,
    timestamp: at,
    content,
    replyToWamid: quoted ?? context?.id ?? null,
    raw,
  };
}
