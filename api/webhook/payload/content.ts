import type { z } from 'zod';
import type { MessageContent } from '../../messages/message-content.ts';
import { contactCards } from './contact-cards.ts';
import { describeProblem } from './fields.ts';
import { button, interactive } from './interactive.ts';
import { location } from './location.ts';
import { audio, document, image, sticker, video } from './media.ts';
import { editNotice, requestWelcome, revokeNotice, systemNotice } from './notices.ts';
import { order } from './order.ts';
import { reaction } from './reaction.ts';
import { textMessage } from './text-message.ts';
import { unsupported } from './unsupported.ts';

/** Each reads a whole message of its type. */
const readers = new Map<string, z.ZodType<MessageContent>>([
  ['text', textMessage],
  ['image', image],
  ['video', video],
  ['audio', audio],
  ['document', document],
  ['sticker', sticker],
  ['location', location],
  ['contacts', contactCards],
  ['button', button],
  ['interactive', interactive],
  ['reaction', reaction],
  ['order', order],
  ['system', systemNotice],
  ['revoke', revokeNotice],
  ['request_welcome', requestWelcome],
  ['edit', editNotice(contentOfEdited)],
]);

/**
 * What the message holds. Never fails: a type that we do not know, or one that does not look as it
 * should, is kept as it came.
 */
export function contentOf(message: Readonly<Record<string, unknown>>): MessageContent {
  const type = message['type'];
  const reader = typeof type === 'string' ? readers.get(type) : undefined;
  if (reader === undefined) return unsupported(message, null);
  const content = reader.safeParse(message);
  return content.success ? content.data : unsupported(message, describeProblem(content.error));
}

/** The new version inside an edit. An edit of an edit would let a sender nest them without end. */
function contentOfEdited(message: Readonly<Record<string, unknown>>): MessageContent {
  return message['type'] === 'edit' ? unsupported(message, null) : contentOf(message);
}
