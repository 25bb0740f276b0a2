import { asProgress, unfinishedMigration } from '../../transfer/progress.ts';
import type { TransferProgress } from '../../transfer/progress.ts';
import type { Collections } from '../collections.ts';

const settingName = 'migration';

type Settings = Pick<Collections, 'settings'>;

/** The progress of a migration into this database that has not ended; null where there is none. */
export async function storedProgress({ settings }: Settings): Promise<TransferProgress | null> {
  return asProgress((await settings.findOne({ _id: settingName }))?.value);
}

export async function storeProgress(
  { settings }: Settings,
  progress: TransferProgress,
): Promise<void> {
  await settings.updateOne({ _id: settingName }, { $set: { value: progress } }, { upsert: true });
}

export async function forgetProgress({ settings }: Settings): Promise<void> {
  await settings.deleteOne({ _id: settingName });
}

export async function refuseUnfinished(collections: Settings, database: string): Promise<void> {
  if ((await storedProgress(collections)) !== null)
    throw unfinishedMigration(`the database ${database}`);
}
