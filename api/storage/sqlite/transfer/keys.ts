import type { Database } from '../database.ts';

/** The integer key that tables know a thing by. */
export function keyOf(database: Database, table: 'contacts' | 'conversations', id: string): number {
  const row = database.get<{ key: number }>(`SELECT key FROM ${table} WHERE id = ?`, id);
  if (row === undefined) throw new Error(`${id} is named before it is there`);
  return row.key;
}

export function ordOf(database: Database, messageId: string): number {
  const row = database.get<{ ord: number }>('SELECT ord FROM messages WHERE id = ?', messageId);
  if (row === undefined) throw new Error(`${messageId} is named before it is there`);
  return row.ord;
}
