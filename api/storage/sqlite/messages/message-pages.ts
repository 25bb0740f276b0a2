import type { Message } from '../../../messages/message.ts';
import type { Page } from '../../../paging.ts';
import type { MessageQuery } from '../../store.ts';
import { conversationById, formerOf } from '../conversations/conversation-rows.ts';
import type { ConversationRow } from '../conversations/conversation-rows.ts';
import type { Database } from '../database.ts';
import { pageOf, sliceOf } from '../paging.ts';
import { ordBoundsOf } from './message-order.ts';
import { messageRows, toMessage } from './message-rows.ts';
import type { MessageRow } from './message-rows.ts';
import { searchQuery } from './search-index.ts';

/** Keys of messages, in one direction, strictly between two keys. */
interface KeyRange {
  readonly above: number;
  readonly below: number;
  readonly isForward: boolean;
  readonly limit: number;
}

type ReadKeys = (range: KeyRange) => readonly number[];

export function messagePage(database: Database, query: MessageQuery): Page<Message> {
  const slice = sliceOf(query.page);
  const readKeys = keyReader(database, query);
  const after = slice.after === undefined ? null : ordBoundsOf(database, slice.after);
  const before = slice.before === undefined ? null : ordBoundsOf(database, slice.before);
  const everything = { above: -1, below: Number.MAX_SAFE_INTEGER };
  const range = {
    above: after === null ? everything.above : after.after - 1,
    below: before === null ? everything.below : before.before + 1,
    isForward: slice.isForward,
    limit: slice.size + 1,
  };
  const { items, ...beyond } = pageOf(slice, readKeys(range), {
    upToAfter: () =>
      readKeys({ ...everything, below: range.above + 1, isForward: false, limit: 1 }).length > 0,
    fromBefore: () =>
      readKeys({ ...everything, above: range.below - 1, isForward: true, limit: 1 }).length > 0,
  });
  return { ...beyond, items: messagesByOrds(database, items) };
}

function keyReader(database: Database, query: MessageQuery): ReadKeys {
  const chats =
    query.conversationIds === undefined
      ? null
      : uniqueChats(query.conversationIds.map((id) => conversationById(database, id)));
  if (chats?.length === 0) return () => [];
  if (query.search !== undefined) {
    const keys = chats?.flatMap((chat) => [chat.key, ...formerOf(chat).map(({ key }) => key)]);
    const chatKeys = keys === undefined ? null : [...new Set(keys)];
    return searchReader(database, searchQuery(database, query.search, chatKeys));
  }
  if (chats === null) return tableReader(database);
  return mergedReader(chats.map((chat) => chatReader(database, chat.key)));
}

function uniqueChats(rows: readonly (ConversationRow | undefined)[]): ConversationRow[] {
  const byKey = new Map<number, ConversationRow>();
  for (const row of rows) if (row !== undefined) byKey.set(row.key, row);
  return [...byKey.values()];
}

function searchReader(database: Database, match: string): ReadKeys {
  const sql = (direction: string) =>
    `SELECT rowid AS ord FROM search WHERE search MATCH ? AND rowid > ? AND rowid < ?
     ORDER BY rowid ${direction} LIMIT ?`;
  return (range) => keysOf(database, sql(directionOf(range)), [match, ...boundsOf(range)]);
}

function tableReader(database: Database): ReadKeys {
  const sql = (direction: string) =>
    `SELECT ord FROM messages WHERE ord > ? AND ord < ? ORDER BY ord ${direction} LIMIT ?`;
  return (range) => keysOf(database, sql(directionOf(range)), boundsOf(range));
}

function chatReader(database: Database, key: number): ReadKeys {
  const sql = (direction: string) =>
    `SELECT ord FROM messages WHERE conversation = ? AND ord > ? AND ord < ?
     ORDER BY ord ${direction} LIMIT ?`;
  return (range) => keysOf(database, sql(directionOf(range)), [key, ...boundsOf(range)]);
}

/** Each list is in order and already cut: the first of all together are the first of the whole. */
function mergedReader(readers: readonly ReadKeys[]): ReadKeys {
  const [only, ...others] = readers;
  if (only !== undefined && others.length === 0) return only;
  return (range) =>
    readers
      .flatMap((read) => read(range))
      .sort((a, b) => (range.isForward ? a - b : b - a))
      .slice(0, range.limit);
}

function keysOf(
  database: Database,
  sql: string,
  values: readonly (string | number)[],
): readonly number[] {
  return database.all<{ ord: number }>(sql, ...values).map((row) => row.ord);
}

function directionOf({ isForward }: KeyRange): 'ASC' | 'DESC' {
  return isForward ? 'ASC' : 'DESC';
}

function boundsOf({ above, below, limit }: KeyRange): [number, number, number] {
  return [above, below, limit];
}

function messagesByOrds(database: Database, ords: readonly number[]): Message[] {
  const rows = database.all<MessageRow>(
    `${messageRows} WHERE m.ord IN (SELECT value FROM json_each(?)) ORDER BY m.ord`,
    JSON.stringify(ords),
  );
  return rows.map(toMessage);
}
