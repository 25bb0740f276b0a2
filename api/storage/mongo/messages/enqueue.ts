import { isDeepStrictEqual } from 'node:util';
import { queued } from '../../../messages/delivery-status.ts';
import type { EnqueueResult, NewOutbound } from '../../store.ts';
import { phoneKey } from '../contacts/identifiers.ts';
import { identify } from '../contacts/identify.ts';
import { keyOf } from '../conversations/conversation-documents.ts';
import { conversationFor, liveConversation } from '../conversations/conversation-for.ts';
import type { Core } from '../core.ts';
import type { ConversationDocument, MessageDocument } from '../documents.ts';
import { takePlace } from '../outbox/take-place.ts';
import { fileMessage, followUp } from './file-message.ts';
import { parseContent, toMessage } from './message-documents.ts';
import { newPlace } from './requeue.ts';
import { holderOf, sentBefore } from './sent-before.ts';

/** Stores an outbound message and puts it at the end of its recipient's line, once per key. */
export async function enqueue(core: Core, message: NewOutbound): Promise<EnqueueResult> {
  const [before, known] = await Promise.all([
    sentBefore(core, message),
    knownConversation(core, message),
  ]);
  if (before !== null) return repeated(core, message, { before, known });
  if (known === null && message.to.conversationId !== undefined) return { kind: 'not-found' };
  const newer = known === null ? null : await newerThanExpected(core, known, message);
  if (newer !== null) return { kind: 'stale', lastMessage: toMessage(newer) };
  const conversation = known ?? (await newConversation(core, message));
  const filed = await file(core, conversation, message);
  if (filed !== null) return { kind: 'created', message: toMessage(filed) };
  const first = await holderOf(core, message);
  return repeated(core, message, { before: first, known: conversation });
}

/** Null: its key was used before. */
function file(
  core: Core,
  conversation: ConversationDocument,
  message: NewOutbound,
): Promise<MessageDocument | null> {
  const { content, queue, replyToWamid, sender, clientMessageId } = message;
  const line = {
    conversationId: conversation._id,
    phoneNumberId: conversation.phoneNumberId,
    now: queue.now,
  };
  return takePlace(core, line, async (position) => {
    const filed = await fileMessage(core, conversation, {
      wamid: null,
      direction: 'OUTBOUND',
      content,
      timestamp: queue.now,
      receivedAt: core.clock.now(),
      delivery: queued,
      replyToWamid,
      sender,
      clientMessageId,
      position,
      queue: newPlace(queue),
    });
    return filed === 'known' ? null : filed;
  });
}

/** The same key again: the same message with the same content, which may not have been followed up. */
async function repeated(
  core: Core,
  message: NewOutbound,
  found: { readonly before: MessageDocument; readonly known: ConversationDocument | null },
): Promise<EnqueueResult> {
  const { before, known } = found;
  if (before.isNew) await followUp(core, before);
  const home = await liveConversation(core, before.conversationId);
  const isSame =
    known !== null &&
    known._id === home?._id &&
    before.replyToWamid === message.replyToWamid &&
    isDeepStrictEqual(parseContent(before.content), parseContent(JSON.stringify(message.content)));
  return { kind: isSame ? 'existing' : 'conflict', message: toMessage(before) };
}

async function knownConversation(
  core: Core,
  { phoneNumberId, to }: NewOutbound,
): Promise<ConversationDocument | null> {
  if (to.conversationId !== undefined) return liveConversation(core, to.conversationId);
  const { conversations, identifiers } = core.collections;
  const owner = await identifiers.findOne({ _id: phoneKey(to.phoneNumber) });
  return owner === null
    ? null
    : conversations.findOne({ key: keyOf(owner.contactId, phoneNumberId) });
}

/** The last message, when it came after the one that the sender saw last. */
async function newerThanExpected(
  core: Core,
  { _id: conversationId }: ConversationDocument,
  { expectedLastMessageId }: NewOutbound,
): Promise<MessageDocument | null> {
  if (expectedLastMessageId === null) return null;
  const { messages } = core.collections;
  const [seen, last] = await Promise.all([
    messages.findOne({ _id: expectedLastMessageId, conversationId }),
    messages.findOne({ conversationId }, { sort: { second: -1, _id: -1 } }),
  ]);
  if (last === null) return null;
  const hasSeenIt =
    seen !== null &&
    (seen.second > last.second || (seen.second === last.second && seen._id >= last._id));
  return hasSeenIt ? null : last;
}

async function newConversation(core: Core, message: NewOutbound): Promise<ConversationDocument> {
  const { phoneNumberId, queue, to } = message;
  const person = { phoneNumber: to.phoneNumber ?? null, userId: null };
  const identity = { ...person, username: null, profileName: null };
  const contact = await identify(core, identity, queue.now);
  return conversationFor(core, contact, { phoneNumberId, at: queue.now });
}
