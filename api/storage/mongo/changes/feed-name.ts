import { randomBytes } from 'node:crypto';
import type { Collections } from '../collections.ts';
import { retryOnDuplicate } from '../unique.ts';
import { feedNameBytes } from './cursors.ts';

/** The name that the cursors of this database bear: given once, by whichever process comes first. */
export async function feedName({ settings }: Pick<Collections, 'settings'>): Promise<Buffer> {
  const named = await retryOnDuplicate(() =>
    settings.findOneAndUpdate(
      { _id: 'feed' },
      { $setOnInsert: { value: randomBytes(feedNameBytes).toString('hex') } },
      { upsert: true, returnDocument: 'after' },
    ),
  );
  return Buffer.from(String(named?.value), 'hex');
}
