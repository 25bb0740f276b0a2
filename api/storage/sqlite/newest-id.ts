import type { Database } from './database.ts';

/** The largest id ever given, of whatever kind; what was pruned is remembered. */
export function newestId(database: Database): string | null {
  const rows = database.all<{ id: string | null }>(`
    SELECT max(id) AS id FROM messages
    UNION ALL SELECT max(id) FROM conversations
    UNION ALL SELECT max(id) FROM contacts
    UNION ALL SELECT max(id) FROM deliveries
    UNION ALL SELECT max(id) FROM former_conversations
    UNION ALL SELECT max(id) FROM former_contacts
    UNION ALL SELECT max(value) FROM settings WHERE name = 'newest_id'`);
  const ids = rows.flatMap(({ id }) => (id === null ? [] : [id]));
  return ids.reduce<string | null>(
    (newest, id) => (newest === null || partOf(id) > partOf(newest) ? id : newest),
    null,
  );
}

/** To be called before rows with ids are removed. */
export function keepNewestId(database: Database): void {
  const id = newestId(database);
  if (id === null) return;
  database.run(
    "INSERT INTO settings (name, value) VALUES ('newest_id', ?) ON CONFLICT DO UPDATE SET value = excluded.value",
    id,
  );
}

/** Without the kind: all kinds share one order. */
function partOf(id: string): string {
  return id.slice(id.indexOf('_') + 1);
}
