import type { Instant } from '../../../clock.ts';
import type { MessageId } from '../../../ids.ts';
import type { DeliveryState } from '../../../messages/delivery-status.ts';
import type { Direction } from '../../../messages/message.ts';
import type { MessageContent } from '../../../messages/message-content.ts';
import {
  countsAsUnread,
  opensServiceWindow,
  searchTextOf,
} from '../../../messages/message-content.ts';
import type { ConversationRow } from '../conversations/conversation-rows.ts';
import type { Core } from '../core.ts';
import { nextOrd } from './message-order.ts';
import { parseContent } from './message-rows.ts';
import { findByWamid, wamidKnown } from './wamids.ts';

export interface Filing {
  readonly wamid: string | null;
  readonly direction: Direction;
  readonly content: MessageContent;
  readonly timestamp: Instant;
  readonly receivedAt: Instant;
  readonly delivery: DeliveryState;
  readonly replyToWamid: string | null;
  readonly sender: string | null;
  readonly clientMessageId: string | null;
}

/** Puts a new message into its chat, with everything that follows from it. */
export function fileMessage(
  core: Core,
  conversation: Pick<ConversationRow, 'key' | 'id' | 'phone_number_id'>,
  filing: Filing,
): { readonly ord: number; readonly id: MessageId } {
  const { database } = core;
  const id = core.ids.next('msg');
  const ord = nextOrd(database, filing.timestamp);
  insertRow(core, { ord, id, conversation }, filing);
  moveConversation(core, { ord, conversation }, filing);
  core.changes.messageAdded(conversation.id, id);
  indexContent(core, { ord, conversation }, filing.content);
  if (filing.wamid !== null) {
    const message = { ord, phoneNumberId: conversation.phone_number_id };
    wamidKnown(core, message, { attempt: 0, wamid: filing.wamid });
  }
  return { ord, id };
}

interface Placed {
  readonly ord: number;
  readonly conversation: Pick<ConversationRow, 'key' | 'id' | 'phone_number_id'>;
}

function insertRow(
  core: Core,
  { ord, id, conversation }: Placed & { readonly id: string },
  filing: Filing,
): void {
  const { content, delivery, direction } = filing;
  core.database.run(
    `INSERT INTO messages (ord, id, conversation, phone_number_id, wamid, direction, content,
       timestamp, received_at, stage, attempt, sent_at, sender, client_message_id, reply_to_wamid,
       target_wamid)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ord,
    id,
    conversation.key,
    conversation.phone_number_id,
    filing.wamid,
    direction,
    JSON.stringify(content),
    filing.timestamp,
    filing.receivedAt,
    delivery.stage,
    delivery.attempt,
    delivery.sentAt,
    filing.sender,
    filing.clientMessageId,
    filing.replyToWamid,
    content.type === 'REACTION' ? content.targetWamid : null,
  );
  if (direction === 'INBOUND') {
    core.database.run(
      'INSERT INTO unseen (conversation, message, is_counted) VALUES (?, ?, ?)',
      conversation.key,
      ord,
      countsAsUnread(content),
    );
  }
}

function moveConversation(core: Core, { ord, conversation }: Placed, filing: Filing): void {
  const { content, direction, timestamp } = filing;
  const isInbound = direction === 'INBOUND';
  core.database.run(
    `UPDATE conversations SET
       unread = unread + ?1,
       last_inbound_at = CASE WHEN ?2 THEN max(coalesce(last_inbound_at, ?3), ?3) ELSE last_inbound_at END,
       last_activity_at = CASE WHEN coalesce(last_message, -1) < ?4 THEN ?3 ELSE last_activity_at END,
       activity_second = CASE WHEN coalesce(last_message, -1) < ?4 THEN ?4 >> 21 ELSE activity_second END,
       last_message = max(coalesce(last_message, -1), ?4)
     WHERE key = ?5`,
    isInbound && countsAsUnread(content),
    isInbound && opensServiceWindow(content),
    timestamp,
    ord,
    conversation.key,
  );
}

function indexContent(core: Core, { ord, conversation }: Placed, content: MessageContent): void {
  const place = { ord, conversation: conversation.key };
  if (content.type !== 'REACTION') {
    core.search.add(place, searchTextOf(content));
    return;
  }
  const target = findByWamid(core.database, conversation.phone_number_id, content.targetWamid);
  if (target === undefined) return;
  core.search.add(place, searchTextOf(parseContent(target.row.content)));
  core.changes.messageUpdated(target.row.conversation_id, target.row.id);
}
