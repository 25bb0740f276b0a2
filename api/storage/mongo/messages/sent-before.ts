import { setTimeout as delay } from 'node:timers/promises';
import { StoreUnavailableError } from '../../../errors.ts';
import type { NewOutbound } from '../../store.ts';
import type { Core } from '../core.ts';
import type { MessageDocument } from '../documents.ts';
import { sendKeyOf } from './unique-keys.ts';

/** By whom, and under which key of theirs. */
export type SendKey = Pick<NewOutbound, 'sender' | 'clientMessageId'>;

// Whoever took the key waits for a majority just now, for as long as a write may take.
const patienceMs = 5_000;
const everyMs = 50;

/** The message that this sender sent with this key, once a majority has it: what is answered stays. */
export async function sentBefore(core: Core, key: SendKey): Promise<MessageDocument | null> {
  const sendKey = sendKeyOf(key);
  if (sendKey === null) return null;
  return core.collections.messages.findOne({ sendKey }, { readConcern: { level: 'majority' } });
}

/** The message of a key that is taken. */
export async function holderOf(core: Core, key: SendKey): Promise<MessageDocument> {
  for (let waitedMs = 0; waitedMs <= patienceMs; waitedMs += everyMs) {
    const message = await sentBefore(core, key);
    if (message !== null) return message;
    await delay(everyMs);
  }
  throw new StoreUnavailableError('The first send with this key is not stored durably yet');
}
