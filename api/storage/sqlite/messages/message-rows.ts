import { trustedId } from '../../../ids.ts';
import type { DeliveryState, Failure, Stage } from '../../../messages/delivery-status.ts';
import type { Direction, Message } from '../../../messages/message.ts';
import type { MessageContent } from '../../../messages/message-content.ts';
import type { Database } from '../database.ts';

/** A message as stored, with the id of its conversation. */
export interface MessageRow {
  readonly ord: number;
  readonly id: string;
  readonly conversation: number;
  readonly conversation_id: string;
  readonly phone_number_id: string;
  readonly wamid: string | null;
  readonly direction: Direction;
  readonly content: string;
  readonly timestamp: number;
  readonly received_at: number;
  readonly stage: Stage;
  readonly attempt: number;
  readonly sent_at: number | null;
  readonly delivered_at: number | null;
  readonly read_at: number | null;
  readonly failed_at: number | null;
  readonly failure: string | null;
  readonly sender: string | null;
  readonly client_message_id: string | null;
  readonly reply_to_wamid: string | null;
  readonly target_wamid: string | null;
  readonly is_unseen: number;
}

export const messageColumns = `m.*, v.id AS conversation_id, EXISTS (
    SELECT 1 FROM unseen u WHERE u.conversation = m.conversation AND u.message = m.ord
  ) AS is_unseen`;

export const messageRows = `SELECT ${messageColumns}
  FROM messages m JOIN conversations v ON v.key = m.conversation`;

export function toMessage(row: MessageRow): Message {
  return {
    id: trustedId('msg', row.id),
    conversationId: trustedId('cnv', row.conversation_id),
    phoneNumberId: row.phone_number_id,
    wamid: row.wamid,
    direction: row.direction,
    content: parseContent(row.content),
    timestamp: row.timestamp,
    receivedAt: row.received_at,
    delivery: toDelivery(row),
    clientMessageId: row.client_message_id,
    replyToWamid: row.reply_to_wamid,
    isSeen: row.direction === 'INBOUND' && row.is_unseen === 0,
  };
}

export function toDelivery(row: MessageRow): DeliveryState {
  return {
    stage: row.stage,
    attempt: row.attempt,
    sentAt: row.sent_at,
    deliveredAt: row.delivered_at,
    readAt: row.read_at,
    failedAt: row.failed_at,
    failure: parseFailure(row.failure),
  };
}

/** Our own JSON, written from the same type. */
export function parseContent(json: string): MessageContent {
  return JSON.parse(json) as MessageContent;
}

/** Our own JSON, written from the same type. */
export function parseFailure(json: string | null): Failure | null {
  return json === null ? null : (JSON.parse(json) as Failure);
}

export function failureJson(failure: Failure | null): string | null {
  return failure === null ? null : JSON.stringify(failure);
}

export function messageByOrd(database: Database, ord: number): MessageRow {
  const row = database.get<MessageRow>(`${messageRows} WHERE m.ord = ?`, ord);
  if (row === undefined) throw new Error(`There is no message ${ord}`);
  return row;
}

export function messageById(database: Database, id: string): MessageRow | undefined {
  return database.get<MessageRow>(`${messageRows} WHERE m.id = ?`, id);
}

export function messageByWamid(
  database: Database,
  phoneNumberId: string,
  wamid: string,
): MessageRow | undefined {
  return database.get<MessageRow>(
    `${messageRows} WHERE m.wamid = ? AND m.phone_number_id = ?`,
    wamid,
    phoneNumberId,
  );
}

export function saveDelivery(database: Database, ord: number, delivery: DeliveryState): void {
  database.run(
    `UPDATE messages SET stage = ?, attempt = ?, sent_at = ?, delivered_at = ?, read_at = ?,
       failed_at = ?, failure = ? WHERE ord = ?`,
    delivery.stage,
    delivery.attempt,
    delivery.sentAt,
    delivery.deliveredAt,
    delivery.readAt,
    delivery.failedAt,
    failureJson(delivery.failure),
    ord,
  );
}
