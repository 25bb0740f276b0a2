import { isDeepStrictEqual } from 'node:util';
import type { MessageId } from '../../../ids.ts';
import { queued } from '../../../messages/delivery-status.ts';
import { isRetryable } from '../../../messages/message.ts';
import type { EnqueueResult, NewOutbound, QueueTerms, RequeueResult } from '../../store.ts';
import { contactByIdentifier } from '../contacts/contact-rows.ts';
import { identify } from '../contacts/identify.ts';
import {
  conversationById,
  conversationFor,
  conversationOf,
} from '../conversations/conversation-rows.ts';
import type { ConversationRow } from '../conversations/conversation-rows.ts';
import type { Core } from '../core.ts';
import type { Database } from '../database.ts';
import { joinLine } from '../outbox/lines.ts';
import { fileMessage } from './file-message.ts';
import {
  messageById,
  messageByOrd,
  messageRows,
  parseContent,
  saveDelivery,
  toDelivery,
  toMessage,
} from './message-rows.ts';
import type { MessageRow } from './message-rows.ts';

/** Stores an outbound message and puts it at the end of its recipient's line, once per key. */
export function enqueue(core: Core, message: NewOutbound): EnqueueResult {
  const before = sentBefore(core.database, message);
  if (before !== undefined) {
    const kind = isSameSend(core, before, message) ? 'existing' : 'conflict';
    return { kind, message: toMessage(before) };
  }
  const known = knownConversation(core, message);
  if (known === undefined && message.to.conversationId !== undefined) return { kind: 'not-found' };
  const newer = known === undefined ? undefined : newerThanExpected(core, known, message);
  if (newer !== undefined) return { kind: 'stale', lastMessage: toMessage(newer) };
  const conversation = known ?? newConversation(core, message);
  const { ord } = fileMessage(core, conversation, {
    wamid: null,
    direction: 'OUTBOUND',
    content: message.content,
    timestamp: message.queue.now,
    receivedAt: core.clock.now(),
    delivery: queued,
    replyToWamid: message.replyToWamid,
    sender: message.sender,
    clientMessageId: message.clientMessageId,
  });
  const place = {
    ord,
    conversation: conversation.key,
    phoneNumberId: conversation.phone_number_id,
  };
  joinLine(core.database, place, message.queue);
  return { kind: 'created', message: toMessage(messageByOrd(core.database, ord)) };
}

/** A new attempt of the same message, at the end of the line. */
export function requeue(core: Core, id: MessageId, terms: QueueTerms): RequeueResult {
  const row = messageById(core.database, id);
  if (row === undefined) return { kind: 'not-found' };
  const delivery = toDelivery(row);
  if (!isRetryable({ ...row, delivery })) return { kind: 'not-retryable', message: toMessage(row) };
  saveDelivery(core.database, row.ord, { ...queued, attempt: delivery.attempt });
  const place = {
    ord: row.ord,
    conversation: row.conversation,
    phoneNumberId: row.phone_number_id,
  };
  joinLine(core.database, place, terms);
  core.changes.messageUpdated(row.conversation_id, row.id);
  return { kind: 'requeued', message: toMessage(messageByOrd(core.database, row.ord)) };
}

/** The message that this sender sent with this key. */
export function sentBefore(
  database: Database,
  { sender, clientMessageId }: Pick<NewOutbound, 'sender' | 'clientMessageId'>,
): MessageRow | undefined {
  if (clientMessageId === null) return undefined;
  return database.get<MessageRow>(
    `${messageRows} WHERE m.client_message_id = ? AND m.sender = ?`,
    clientMessageId,
    sender,
  );
}

function isSameSend(core: Core, before: MessageRow, message: NewOutbound): boolean {
  return (
    knownConversation(core, message)?.key === before.conversation &&
    before.reply_to_wamid === message.replyToWamid &&
    isDeepStrictEqual(parseContent(before.content), parseContent(JSON.stringify(message.content)))
  );
}

function knownConversation(core: Core, message: NewOutbound): ConversationRow | undefined {
  const { to, phoneNumberId } = message;
  if (to.conversationId !== undefined) return conversationById(core.database, to.conversationId);
  const contact = contactByIdentifier(core.database, 'phone', to.phoneNumber);
  return contact === null ? undefined : conversationOf(core.database, contact.key, phoneNumberId);
}

/** The last message, when it came after the one that the sender saw last. */
function newerThanExpected(
  core: Core,
  conversation: ConversationRow,
  { expectedLastMessageId }: NewOutbound,
): MessageRow | undefined {
  if (expectedLastMessageId === null || conversation.last_message === null) return undefined;
  const seen = messageById(core.database, expectedLastMessageId);
  const hasSeenIt =
    seen?.conversation === conversation.key && seen.ord >= conversation.last_message;
  return hasSeenIt ? undefined : messageByOrd(core.database, conversation.last_message);
}

function newConversation(core: Core, message: NewOutbound): ConversationRow {
  const { phoneNumberId, queue, to } = message;
  const phoneNumber = to.phoneNumber ?? null;
  const known = contactByIdentifier(core.database, 'phone', phoneNumber);
  const contactKey =
    known?.key ??
    identify(core, { phoneNumber, userId: null, username: null, profileName: null }, queue.now)
      .person.key;
  return conversationFor(core, contactKey, { phoneNumberId, at: queue.now });
}
