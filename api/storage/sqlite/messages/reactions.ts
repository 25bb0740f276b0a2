import type { MessageId } from '../../../ids.ts';
import type { Message, Reaction } from '../../../messages/message.ts';
import type { Database } from '../database.ts';
import { parseContent } from './message-rows.ts';
import type { MessageRow } from './message-rows.ts';

type ReactionRow = Pick<
  MessageRow,
  'target_wamid' | 'direction' | 'content' | 'timestamp' | 'phone_number_id'
>;

/** The newest reaction of each side holds; one that was taken back is none. */
export function reactionsTo(
  database: Database,
  messages: readonly Message[],
): Map<MessageId, readonly Reaction[]> {
  const targets = targetsOf(database, messages);
  if (targets.length === 0) return new Map();
  const wamids = JSON.stringify(targets.map(({ wamid }) => wamid));
  const rows = database.all<ReactionRow>(
    `SELECT target_wamid, direction, content, timestamp, phone_number_id FROM messages
     WHERE target_wamid IN (SELECT value FROM json_each(?)) ORDER BY ord`,
    wamids,
  );
  const newest = new Map<string, ReactionRow>();
  const idOf = new Map(targets.map((target) => [keyOf(target), target.id]));
  for (const row of rows) {
    const id = idOf.get(keyOf({ phoneNumberId: row.phone_number_id, wamid: row.target_wamid }));
    if (id !== undefined) newest.set(`${id} ${row.direction}`, row);
  }
  return standing(messages, newest);
}

interface Target {
  readonly id: MessageId;
  readonly phoneNumberId: string;
  readonly wamid: string;
}

/** A message that was sent again may have a reaction to its earlier attempt. */
function targetsOf(database: Database, messages: readonly Message[]): Target[] {
  return messages.flatMap(({ id, phoneNumberId, wamid, delivery }) => {
    if (wamid === null) return [];
    const present = { id, phoneNumberId, wamid };
    if (delivery.attempt < 2) return [present];
    const earlier = database.all<{ wamid: string }>(
      `SELECT a.wamid FROM messages m JOIN attempts a ON a.message = m.ord
       WHERE m.id = ? AND a.wamid IS NOT NULL AND a.wamid <> ?`,
      id,
      wamid,
    );
    return [present, ...earlier.map((row) => ({ ...present, wamid: row.wamid }))];
  });
}

function keyOf(target: { readonly phoneNumberId: string; readonly wamid: string | null }): string {
  return `${target.phoneNumberId} ${target.wamid ?? ''}`;
}

function standing(
  messages: readonly Message[],
  newest: ReadonlyMap<string, ReactionRow>,
): Map<MessageId, readonly Reaction[]> {
  const byMessage = new Map<MessageId, readonly Reaction[]>();
  for (const { id } of messages) {
    const reactions = (['INBOUND', 'OUTBOUND'] as const).flatMap((direction) => {
      const row = newest.get(`${id} ${direction}`);
      return row === undefined ? [] : toReactions(row);
    });
    if (reactions.length > 0) byMessage.set(id, reactions);
  }
  return byMessage;
}

function toReactions(row: ReactionRow): Reaction[] {
  const content = parseContent(row.content);
  if (content.type !== 'REACTION' || content.emoji === null) return [];
  return [{ emoji: content.emoji, byCustomer: row.direction === 'INBOUND', at: row.timestamp }];
}
