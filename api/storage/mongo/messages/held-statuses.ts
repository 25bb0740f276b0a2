import { dayMs } from '../../../clock.ts';
import type { Instant } from '../../../clock.ts';
import type { StatusReport } from '../../../messages/delivery-status.ts';
import type { StatusElement } from '../../../webhook/delivery-element.ts';
import type { Core } from '../core.ts';
import type { HeldStatusDocument } from '../documents.ts';
import { duplicateCode, writeErrorsOf } from '../unique.ts';
import { wamidKeyOf } from './unique-keys.ts';
import { settleWaiting } from './waiting.ts';
import { findByWamids } from './wamids.ts';

/** A status whose message never turns up is of no use after this long. */
const heldForMs = 30 * dayMs;
/** How many are removed at once. */
const pruneBatch = 500;

type Held = Pick<StatusElement, 'business' | 'wamid' | 'report'>;

/** Keeps statuses until their message turns up, or applies them where it just has. */
export async function holdStatuses(core: Core, statuses: readonly Held[]): Promise<void> {
  if (statuses.length === 0) return;
  const heldSince = core.clock.now();
  const documents = statuses.map(({ business, report, wamid }) =>
    toHeldDocument({ phoneNumberId: business.phoneNumberId, wamid }, report, heldSince),
  );
  try {
    await core.collections.heldStatuses.insertMany(documents, { ordered: false });
  } catch (error) {
    // The same report is held once.
    if (writeErrorsOf(error).some(({ code }) => code !== duplicateCode)) throw error;
  }
  await settleHeld(
    core,
    documents.map(({ wamidKey }) => wamidKey),
  );
}

/** Applies what is held for those of these wamids whose message is there. */
export async function settleHeld(core: Core, keys: readonly string[]): Promise<void> {
  const found = await findByWamids(core, keys);
  await settleWaiting(
    core,
    Array.from(found, ([key, { attempt, message }]) => ({ key, attempt, message })),
  );
}

/** Removes some old ones; resolves with how many. */
export async function forgetOldHeldStatuses(
  { collections }: Pick<Core, 'collections'>,
  now: Instant,
): Promise<number> {
  const { heldStatuses } = collections;
  const old = await heldStatuses
    .find({ heldSince: { $lt: now - heldForMs } }, { projection: { _id: 1 } })
    .limit(pruneBatch)
    .toArray();
  if (old.length === 0) return 0;
  return (await heldStatuses.deleteMany({ _id: { $in: old.map(({ _id }) => _id) } })).deletedCount;
}

export function toHeldDocument(
  { phoneNumberId, wamid }: Pick<HeldStatusDocument, 'phoneNumberId' | 'wamid'>,
  { at, failure, status }: StatusReport,
  heldSince: Instant,
): HeldStatusDocument {
  const wamidKey = wamidKeyOf(phoneNumberId, wamid);
  const _id = `${wamidKey}/${status}/${String(at)}`;
  return { _id, wamidKey, phoneNumberId, wamid, status, at, failure, heldSince };
}
