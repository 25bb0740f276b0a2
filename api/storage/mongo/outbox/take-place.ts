import type { Instant } from '../../../clock.ts';
import type { ConversationId } from '../../../ids.ts';
import type { Core } from '../core.ts';
import type { MessageDocument } from '../documents.ts';
import { announce, arrive } from './announce.ts';
import type { Announcing } from './announce.ts';
import { freeLine } from './free-line.ts';

/**
 * Writes a message that goes to the end of its line: `write` gets the place, and resolves with null where
 * there is nothing to send after all. Somebody finds the message in its line, whenever this process dies.
 */
export async function takePlace(
  core: Core,
  line: Announcing,
  write: (position: number) => Promise<MessageDocument | null>,
): Promise<MessageDocument | null> {
  const { conversationId, now } = line;
  const position = await announce(core, line);
  const message = await write(position);
  await arrive(core, conversationId, { position, dueAt: message === null ? null : now });
  if (message !== null) await follow(core, message, { conversationId, now });
  return message;
}

/** Its conversation was joined into another meanwhile. */
async function follow(
  core: Core,
  message: MessageDocument,
  from: { readonly conversationId: ConversationId; readonly now: Instant },
): Promise<void> {
  if (message.conversationId === from.conversationId) return;
  await freeLine(core, message.conversationId, from.now);
}
