import { wholeSecond } from '../../../clock.ts';
import type { Instant } from '../../../clock.ts';
import type { Conversation } from '../../../conversations/conversation.ts';
import { trustedId } from '../../../ids.ts';
import { toContact } from '../contacts/contact-rows.ts';
import type { ContactRow } from '../contacts/contact-rows.ts';
import type { Core } from '../core.ts';
import type { Database } from '../database.ts';

export interface ConversationRow {
  readonly key: number;
  readonly id: string;
  readonly phone_number_id: string;
  readonly contact: number;
  readonly unread: number;
  readonly last_message: number | null;
  readonly last_activity_at: number;
  readonly activity_second: number;
  readonly last_inbound_at: number | null;
  readonly refused_at: number | null;
  readonly pace_until: number | null;
  readonly former: string;
}

/** A conversation with what it shows of other tables. */
export interface ShownConversationRow extends ConversationRow, Omit<ContactRow, 'key' | 'id'> {
  readonly contact_id: string;
  readonly last_message_id: string | null;
}

export interface FormerConversation {
  readonly id: string;
  readonly key: number;
}

export const shownConversations = `
  SELECT v.*, c.id AS contact_id, c.phone_number, c.user_id, c.username, c.profile_name,
    c.phone_number_since, c.profile_since, m.id AS last_message_id
  FROM conversations v
  JOIN contacts c ON c.key = v.contact
  LEFT JOIN messages m ON m.ord = v.last_message`;

export function toConversation(row: ShownConversationRow): Conversation {
  return {
    id: trustedId('cnv', row.id),
    phoneNumberId: row.phone_number_id,
    contact: toContact({ ...row, key: row.contact, id: row.contact_id }),
    unreadCount: row.unread,
    lastMessageId: row.last_message_id === null ? null : trustedId('msg', row.last_message_id),
    lastActivityAt: row.last_activity_at,
    window: { lastInboundAt: row.last_inbound_at, refusedAt: row.refused_at },
    formerIds: formerOf(row).map(({ id }) => trustedId('cnv', id)),
  };
}

/** Our own JSON: written by `joinConversations` and the transfer, from the same type. */
export function formerOf(row: Pick<ConversationRow, 'former'>): readonly FormerConversation[] {
  return row.former === '[]' ? [] : (JSON.parse(row.former) as FormerConversation[]);
}

export function conversationByKey(database: Database, key: number): ConversationRow {
  const row = database.get<ConversationRow>('SELECT * FROM conversations WHERE key = ?', key);
  if (row === undefined) throw new Error(`There is no conversation ${key}`);
  return row;
}

export function shownConversation(database: Database, key: number): Conversation {
  const row = database.get<ShownConversationRow>(`${shownConversations} WHERE v.key = ?`, key);
  if (row === undefined) throw new Error(`There is no conversation ${key}`);
  return toConversation(row);
}

/** Also by the id of a conversation that was joined into another. */
export function conversationById(database: Database, id: string): ConversationRow | undefined {
  return (
    database.get<ConversationRow>('SELECT * FROM conversations WHERE id = ?', id) ??
    database.get<ConversationRow>(
      'SELECT v.* FROM former_conversations f JOIN conversations v ON v.key = f.conversation WHERE f.id = ?',
      id,
    )
  );
}

export function conversationOf(
  database: Database,
  contactKey: number,
  phoneNumberId: string,
): ConversationRow | undefined {
  return database.get<ConversationRow>(
    'SELECT * FROM conversations WHERE contact = ? AND phone_number_id = ?',
    contactKey,
    phoneNumberId,
  );
}

/** The conversation of a contact with one of our numbers; made at their first message. */
export function conversationFor(
  core: Core,
  contactKey: number,
  first: { readonly phoneNumberId: string; readonly at: Instant },
): ConversationRow {
  const known = conversationOf(core.database, contactKey, first.phoneNumberId);
  if (known !== undefined) return known;
  const { lastId } = core.database.run(
    `INSERT INTO conversations (id, phone_number_id, contact, last_activity_at, activity_second)
     VALUES (?, ?, ?, ?, ?)`,
    core.ids.next('cnv'),
    first.phoneNumberId,
    contactKey,
    first.at,
    wholeSecond(first.at),
  );
  return conversationByKey(core.database, lastId);
}

/** The newest refusal holds. */
export function noteWindowRefusal(database: Database, key: number, at: Instant): void {
  database.run(
    'UPDATE conversations SET refused_at = max(coalesce(refused_at, ?), ?) WHERE key = ?',
    at,
    at,
    key,
  );
}
