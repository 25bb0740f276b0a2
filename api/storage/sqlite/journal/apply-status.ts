import type { StatusElement } from '../../../webhook/delivery-element.ts';
import { identify } from '../contacts/identify.ts';
import type { Core } from '../core.ts';
import { holdStatus } from '../messages/held-statuses.ts';
import { messageById, messageByOrd } from '../messages/message-rows.ts';
import { applyStatusReport } from '../messages/status-reports.ts';
import { findByWamid, learnWamid } from '../messages/wamids.ts';
import type { FoundByWamid } from '../messages/wamids.ts';
import type { ElementVerdict } from './apply-element.ts';

/**
 * A status finds its message by WhatsApp's id or, before we know that, by the attempt that it echoes
 * (which settles a send of unknown outcome). Otherwise it is held until its message turns up.
 */
export function applyStatus(core: Core, element: StatusElement): ElementVerdict {
  const hasJoined = joinIdentity(core, element);
  const { business, wamid, report } = element;
  const found =
    findByWamid(core.database, business.phoneNumberId, wamid) ?? byAttempt(core, element);
  if (found === undefined) {
    holdStatus(core, { phoneNumberId: business.phoneNumberId, wamid }, report);
    return { result: 'HELD', detail: null };
  }
  if (found.row.direction === 'INBOUND') {
    return { result: 'KEPT', detail: 'A status of a message that the customer sent' };
  }
  const { attempt, row } = found;
  const hasLearned = attempt > 0 && learnWamid(core, row.ord, { attempt, wamid });
  const hasChanged = applyStatusReport(core, messageByOrd(core.database, row.ord), {
    report,
    attempt,
  });
  if (hasLearned && !hasChanged) core.changes.messageUpdated(row.conversation_id, row.id);
  return { result: hasChanged || hasLearned || hasJoined ? 'APPLIED' : 'REPEATED', detail: null };
}

function byAttempt(core: Core, element: StatusElement): FoundByWamid | undefined {
  const { attemptOf, business } = element;
  if (attemptOf === null) return undefined;
  const row = messageById(core.database, attemptOf.messageId);
  const isOurs =
    row?.direction === 'OUTBOUND' &&
    row.phone_number_id === business.phoneNumberId &&
    attemptOf.attempt >= 1 &&
    attemptOf.attempt <= row.attempt;
  return isOurs ? { row, attempt: attemptOf.attempt } : undefined;
}

/** A number and a user id in one status are the same person's. */
function joinIdentity(core: Core, { recipient, report }: StatusElement): boolean {
  if (recipient?.phoneNumber == null || recipient.userId === null) return false;
  const { changedConversations } = identify(core, recipient, report.at);
  for (const id of changedConversations) core.changes.conversationUpdated(id);
  return changedConversations.size > 0;
}
