import { isDeepStrictEqual } from 'node:util';
import { stateAfter } from '../../../messages/attempt-end.ts';
import type { ClaimedAttempt, Settlement, SettleResult } from '../../store.ts';
import type { Core } from '../core.ts';
import type { MessageDocument } from '../documents.ts';
import { changeMessage } from '../messages/change-message.ts';
import type { ChangedMessage, MessageChange } from '../messages/change-message.ts';
import { nameAttempt } from '../messages/name-attempt.ts';
import { learnWamid } from '../messages/wamids.ts';
import { isDuplicateKey } from '../unique.ts';
import { endAttempt } from './attempt-records.ts';
import { freeLine } from './free-line.ts';

type Acceptance = Extract<Settlement, { kind: 'ACCEPTED' }>;

/**
 * WhatsApp took this attempt, as this wamid: both in one write, so that a status finds its message whatever
 * happens then. LOST: there has been another attempt since.
 */
export async function accept(
  core: Core,
  claim: ClaimedAttempt,
  outcome: Acceptance,
): Promise<SettleResult> {
  const { messageId, attempt } = claim;
  const changed = await writeAcceptance(core, claim, outcome);
  if (changed?.after.delivery.attempt !== attempt) return 'LOST';
  // Again where that was written before: the rest may be missing.
  await Promise.all([
    learnWamid(core, messageId, { attempt, wamid: outcome.wamid }),
    freeLine(core, changed.after.conversationId, outcome.at),
  ]);
  return 'WRITTEN';
}

async function writeAcceptance(
  core: Core,
  { messageId, attempt }: ClaimedAttempt,
  outcome: Acceptance,
): Promise<ChangedMessage | null> {
  const change = (isTaken: boolean) => (before: MessageDocument) => {
    if (before.delivery.attempt !== attempt) return null;
    const named = nameAttempt(before, { attempt, wamid: outcome.wamid }, isTaken);
    const accepted = acceptedBy({ ...before, ...named }, outcome);
    return named === null && accepted === null ? null : { ...named, ...accepted };
  };
  try {
    return await changeMessage(core, messageId, change(false));
  } catch (error) {
    // An echo of our own message brought the id first; it keeps it.
    if (!isDuplicateKey(error)) throw error;
    return changeMessage(core, messageId, change(true));
  }
}

function acceptedBy(
  { delivery: before, attempts }: Pick<MessageDocument, 'delivery' | 'attempts'>,
  outcome: Acceptance,
): MessageChange | null {
  const after = stateAfter(before, outcome);
  if (isDeepStrictEqual(before, after)) return null;
  const { at } = outcome;
  const { attempt } = before;
  return {
    attempts: endAttempt(attempts, { attempt, at, outcome: 'ACCEPTED', code: null }),
    delivery: after,
    queue: undefined,
  };
}
