import type { MessageId } from '../../../ids.ts';
import type { Core } from '../core.ts';
import type { MessageDocument } from '../documents.ts';
import { isDuplicateKey } from '../unique.ts';
import { changeMessage } from './change-message.ts';
import type { ChangedMessage } from './change-message.ts';
import { nameAttempt } from './name-attempt.ts';
import type { NamedAttempt } from './name-attempt.ts';
import { wamidKeyOf } from './unique-keys.ts';
import { settleWaiting } from './waiting.ts';

/** A message by WhatsApp's id for it, or for an earlier attempt to send it. */
export interface FoundByWamid {
  readonly message: MessageDocument;
  /** The attempt that WhatsApp calls so; 0 where nothing was attempted by us. */
  readonly attempt: number;
}

/** By the keys of wamids; a message of ours that was attempted comes before its echo. */
export async function findByWamids(
  core: Core,
  keys: readonly string[],
): Promise<Map<string, FoundByWamid>> {
  if (keys.length === 0) return new Map();
  const asked = [...new Set(keys)];
  const documents = await core.collections.messages
    .find({ $or: [{ wamidKey: { $in: asked } }, { attemptKeys: { $in: asked } }] })
    .toArray();
  const found = new Map<string, FoundByWamid>();
  for (const message of documents) {
    const { delivery, wamidKey } = message;
    if (wamidKey !== undefined) found.set(wamidKey, { message, attempt: delivery.attempt });
  }
  for (const message of documents) {
    for (const { attempt, wamid } of message.attempts) {
      if (wamid === null) continue;
      found.set(wamidKeyOf(message.phoneNumberId, wamid), { message, attempt });
    }
  }
  const wanted = new Set(asked);
  return new Map([...found].filter(([key]) => wanted.has(key)));
}

export async function messagesByWamids(
  core: Core,
  phoneNumberId: string,
  wamids: readonly string[],
): Promise<ReadonlyMap<string, MessageDocument>> {
  const keys = wamids.map((wamid) => wamidKeyOf(phoneNumberId, wamid));
  const found = await findByWamids(core, keys);
  return new Map(
    wamids.flatMap((wamid, index): [string, MessageDocument][] => {
      const one = found.get(keys[index] ?? '');
      return one === undefined ? [] : [[wamid, one.message]];
    }),
  );
}

/**
 * WhatsApp's id for an attempt became known; what waited for it happens now, also where somebody wrote it
 * down before who may not have come so far. False: it was known.
 */
export async function learnWamid(core: Core, id: MessageId, told: NamedAttempt): Promise<boolean> {
  const changed = await nameOnce(core, id, told);
  if (changed === null) return false;
  const { after: message, before } = changed;
  const key = wamidKeyOf(message.phoneNumberId, told.wamid);
  if (message.attemptKeys.includes(key)) {
    await settleWaiting(core, [{ message, key, attempt: told.attempt }]);
  }
  return message !== before;
}

async function nameOnce(
  core: Core,
  id: MessageId,
  told: NamedAttempt,
): Promise<ChangedMessage | null> {
  try {
    return await changeMessage(core, id, (before) => nameAttempt(before, told, false));
  } catch (error) {
    // An echo of our own message brought the id first; it keeps it.
    if (!isDuplicateKey(error)) throw error;
    return changeMessage(core, id, (before) => nameAttempt(before, told, true));
  }
}
