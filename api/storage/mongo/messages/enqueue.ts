import { isDeepStrictEqual } from 'node:util';
import { queued } from '../../../messages/delivery-status.ts';
import type { EnqueueResult, NewOutbound } from '../../store.ts';
import { phoneKey } from '../contacts/identifiers.ts';
import { identify } from '../contacts/identify.ts';
import { keyOf } from '../conversations/conversation-documents.ts';
import { liveConversation } from '../conversations/live-conversations.ts';
import { conversationWith } from '../conversations/conversation-with.ts';
import type { Core } from '../core.ts';
import type { ConversationDocument, MessageDocument } from '../documents.ts';
import { whenFirst } from '../outbox/announce.ts';
import { takePlace } from '../outbox/take-place.ts';
import { newerThanExpected } from './expected-last.ts';
import { fileMessage, followUp } from './file-message.ts';
import { parseContent, toMessage } from './message-documents.ts';
import type { Filing } from './new-message.ts';
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
  const refusal = known === null ? null : await refusalOf(core, known, message);
  return refusal ?? file(core, known ?? (await newConversation(core, message)), message);
}

async function file(
  core: Core,
  conversation: ConversationDocument,
  message: NewOutbound,
): Promise<EnqueueResult> {
  const { _id: conversationId, phoneNumberId } = conversation;
  const line = { conversationId, phoneNumberId, now: message.queue.now };
  const refusals: EnqueueResult[] = [];
  const filed = await takePlace(core, line, async (position) => {
    if (message.expectedLastMessageId !== null) {
      // Of two who answer the same message at once the second one sees the first.
      await whenFirst(core, conversationId, position);
      const refusal = await refusalOf(core, conversation, message);
      if (refusal !== null) {
        refusals.push(refusal);
        return null;
      }
    }
    const stored = await fileMessage(core, conversation, filingOf(core, message, position));
    return stored === 'known' ? null : stored;
  });
  if (filed !== null) return { kind: 'created', message: toMessage(filed) };
  const [refusal] = refusals;
  if (refusal !== undefined) return refusal;
  const before = await holderOf(core, message);
  return repeated(core, message, { before, known: conversation });
}

function filingOf(core: Core, message: NewOutbound, position: number): Filing {
  const { content, queue, replyToWamid, sender, clientMessageId } = message;
  return {
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
  };
}

/** Something came after the message that the sender saw last, other than this very send. */
async function refusalOf(
  core: Core,
  known: ConversationDocument,
  message: NewOutbound,
): Promise<EnqueueResult | null> {
  const newer = await newerThanExpected(core, known, message);
  if (newer === null) return null;
  const before = await sentBefore(core, message);
  if (before !== null) return repeated(core, message, { before, known });
  return { kind: 'stale', lastMessage: toMessage(newer) };
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

async function newConversation(core: Core, message: NewOutbound): Promise<ConversationDocument> {
  const { phoneNumberId, queue, to } = message;
  const person = { phoneNumber: to.phoneNumber ?? null, userId: null };
  const identity = { ...person, username: null, profileName: null };
  const contact = await identify(core, identity, queue.now);
  return conversationWith(core, contact, { phoneNumberId, at: queue.now });
}
