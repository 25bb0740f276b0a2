import { asProgress, unfinishedMigration } from '../../transfer/progress.ts';
import type { TransferProgress } from '../../transfer/progress.ts';
import type { Database } from '../database.ts';
import type { OpenFiles } from '../open-files.ts';

const settingName = 'migration';

/** The progress of a migration into these files that has not ended; null where there is none. */
export function storedProgress(database: Database): TransferProgress | null {
  const row = database.get<{ value: string }>(
    'SELECT value FROM settings WHERE name = ?',
    settingName,
  );
  return row === undefined ? null : asProgress(JSON.parse(row.value));
}

export function storeProgress(database: Database, progress: TransferProgress): void {
  database.run(
    'INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
    settingName,
    JSON.stringify(progress),
  );
}

export function forgetProgress(database: Database): void {
  database.run('DELETE FROM settings WHERE name = ?', settingName);
}

export function refuseUnfinished({ database, path }: OpenFiles): void {
  if (storedProgress(database) !== null) throw unfinishedMigration(path);
}
