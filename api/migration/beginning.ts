import { StartError } from '../errors.ts';
import type { TransferProgress } from '../storage/transfer/progress.ts';
import { transferVersion } from '../storage/transfer/records.ts';
import type { StoreIdentity, TransferStore } from '../storage/transfer/transfer.ts';
import { firstProgress } from './copy.ts';

/** Where to go on, or the beginning in an empty store; refuses every other one. */
export async function beginOrResume(
  source: TransferStore,
  target: TransferStore,
): Promise<{ readonly progress: TransferProgress; readonly isResumed: boolean }> {
  await refuseHalf(source);
  const begun = await target.progress();
  if (begun === null && !(await target.isEmpty()))
    throw new StartError(
      `There is something in ${target.place} already, and a migration would mix the two. Name an empty one, or empty this one.`,
    );
  await source.finishBegun();
  const identity = await source.identity();
  if (begun !== null) {
    refuseOther(begun, identity, target);
    return { progress: begun, isResumed: true };
  }
  const progress = firstProgress(identity);
  await target.begin(progress);
  return { progress, isResumed: false };
}

async function refuseHalf(source: TransferStore): Promise<void> {
  if ((await source.progress()) === null) return;
  throw new StartError(
    `${source.place} is itself the target of a migration that has not ended. End that one first.`,
  );
}

function refuseOther(
  begun: TransferProgress,
  identity: StoreIdentity,
  { place }: TransferStore,
): void {
  const again = `Empty ${place} and begin again.`;
  if (begun.version !== transferVersion)
    throw new StartError(
      `The migration into ${place} was begun by another version of this program. ${again}`,
    );
  if (begun.source.name !== identity.name)
    throw new StartError(`${place} holds a part of another store. ${again}`);
  if (begun.source.newestId !== identity.newestId)
    throw new StartError(
      `A server has written into the store that is copied since the migration into ${place} was begun. ${again}`,
    );
}
