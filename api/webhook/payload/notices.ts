import { z } from 'zod';
import { textOf } from '../../messages/message-content.ts';
import type { MessageContent, SystemContent } from '../../messages/message-content.ts';
import { anyObject, label, optional, text, wamid } from './fields.ts';

/** Lines in the chat that nobody wrote. An edit or a deletion quotes the message that it is about. */
const notice = (kind: string, body: string): SystemContent => ({ type: 'SYSTEM', kind, body });

/** A new number, a new user id, a new identity key. */
export const systemNotice = z
  .object({ system: z.object({ type: optional(label), body: optional(text) }) })
  .transform(({ system }) =>
    notice(system.type ?? 'system', system.body ?? 'WhatsApp sent a notice without words'),
  );

/** The customer opened the chat for the first time. */
export const requestWelcome = z
  .object({})
  .transform(() => notice('request_welcome', 'The customer opened this chat for the first time'));

export const revokeNotice = z
  .object({ revoke: z.object({ original_message_id: wamid }) })
  .transform(() => notice('revoke', 'This message was deleted'));

export function editNotice(
  contentOf: (edited: Readonly<Record<string, unknown>>) => MessageContent,
) {
  return z
    .object({
      edit: z.object({
        original_message_id: wamid,
        message: anyObject,
      }),
    })
    .transform(({ edit }) =>
      notice('edit', `This message was edited: ${textOf(contentOf(edit.message))}`),
    );
}
