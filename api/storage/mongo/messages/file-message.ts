import type { Core } from '../core.ts';
import type { ConversationDocument, MessageDocument } from '../documents.ts';
import { isDuplicateKey } from '../unique.ts';
import { followUpAll } from './follow-up.ts';
import { newMessage } from './new-message.ts';
import type { Filing } from './new-message.ts';
import { storeWords } from './search-words.ts';

/** Puts a new message into its chat, with everything that follows from it. Known: one of its keys is taken. */
export async function fileMessage(
  core: Core,
  conversation: Pick<ConversationDocument, '_id' | 'phoneNumberId'>,
  filing: Filing,
): Promise<MessageDocument | 'known'> {
  const message = newMessage(core, conversation, filing);
  await storeWords(core, message.tokens);
  try {
    await core.collections.messages.insertOne(message);
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    return 'known';
  }
  return followUp(core, message);
}

/**
 * Makes what follows from a message that still has `isNew`, or part of it once more. Resolves with the
 * message, which is in another conversation where its own was joined meanwhile.
 */
export async function followUp(core: Core, message: MessageDocument): Promise<MessageDocument> {
  const [followed = message] = await followUpAll(core, [message]);
  return followed;
}
