import { comparePlaces } from '../../../messages/chat-order.ts';
import type { NewOutbound } from '../../store.ts';
import { placeOf } from '../conversations/raise.ts';
import type { Core } from '../core.ts';
import type { ConversationDocument, MessageDocument } from '../documents.ts';

/** The last message, when it came after the one that the sender saw last. */
export async function newerThanExpected(
  core: Core,
  { _id: conversationId }: ConversationDocument,
  { expectedLastMessageId }: Pick<NewOutbound, 'expectedLastMessageId'>,
): Promise<MessageDocument | null> {
  if (expectedLastMessageId === null) return null;
  const { messages } = core.collections;
  const [seen, last] = await Promise.all([
    messages.findOne({ _id: expectedLastMessageId, conversationId }),
    messages.findOne({ conversationId }, { sort: { second: -1, _id: -1 } }),
  ]);
  if (last === null) return null;
  if (seen === null) return last;
  const isNewest = comparePlaces(placeOf(seen), placeOf(last)) >= 0;
  return isNewest ? null : last;
}
