import type { BusinessNumber } from '../../../webhook/delivery-element.ts';
import type { Core } from '../core.ts';
import { retryOnDuplicate } from '../unique.ts';

/** Our own numbers, as deliveries tell them. */
export async function learnBusinessNumbers(
  core: Core,
  told: readonly BusinessNumber[],
): Promise<void> {
  const { numbers } = core.collections;
  const byId = new Map(
    told.flatMap(({ displayPhoneNumber, phoneNumberId }): [string, string][] =>
      displayPhoneNumber === null ? [] : [[phoneNumberId, displayPhoneNumber]],
    ),
  );
  if (byId.size === 0) return;
  const known = await numbers.find({ _id: { $in: [...byId.keys()] } }).toArray();
  for (const { _id, displayPhoneNumber } of known) {
    if (displayPhoneNumber === byId.get(_id)) byId.delete(_id);
  }
  for (const [_id, displayPhoneNumber] of byId) {
    await retryOnDuplicate(() =>
      numbers.updateOne({ _id }, { $set: { displayPhoneNumber } }, { upsert: true }),
    );
  }
}
