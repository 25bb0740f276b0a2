import type { Instant } from '../../../clock.ts';
import { applyReportOf } from '../../../messages/delivery-status.ts';
import type { Failure, StatusReport } from '../../../messages/delivery-status.ts';
import { untilDone } from '../again.ts';
import { liveConversation } from '../conversations/live-conversations.ts';
import type { Core } from '../core.ts';
import type { MessageDocument } from '../documents.ts';
import { endAttempt } from '../outbox/attempt-records.ts';
import { freeLine } from '../outbox/free-line.ts';
import { changeMessage } from './change-message.ts';
import type { MessageChange } from './change-message.ts';

/** "Re-engagement message": more than 24 hours since the customer last wrote. */
const windowClosedCode = 131_047;

interface ToldStatus {
  readonly report: StatusReport;
  readonly attempt: number;
}

/**
 * Applies what WhatsApp says about an attempt to send a message. A report other than FAILED proves
 * that WhatsApp took it, so it leaves the outbox. `message` has just been read. False: nothing new.
 */
export async function applyStatusReport(
  core: Core,
  message: MessageDocument,
  told: ToldStatus,
): Promise<boolean> {
  const { report } = told;
  await noteFailure(core, message, { failure: report.failure, at: report.at });
  const changed = await changeMessage(core, message, (before) => reported(before, told));
  if (changed === null) return false;
  const { after, before } = changed;
  // Where it was written before, whoever did it may not have come so far.
  const mayHaveLeft = after.position !== undefined && after.queue === undefined;
  const isOnlyMore = after !== before && before.queue === undefined;
  if (mayHaveLeft && !isOnlyMore) await freeLine(core, after.conversationId, core.clock.now());
  return after !== before;
}

function reported(before: MessageDocument, { attempt, report }: ToldStatus): MessageChange | null {
  const { attempts, delivery, queue } = before;
  const after = applyReportOf(delivery, { attempt, report });
  if (after === delivery) return null;
  if (after.stage === delivery.stage) return { delivery: after };
  const { at, failure, status } = report;
  const outcome = status === 'FAILED' ? 'FAILED' : 'ACCEPTED';
  return {
    delivery: after,
    attempts: endAttempt(attempts, { attempt, at, outcome, code: failure?.code ?? null }),
    ...(queue !== undefined && { queue: undefined }),
  };
}

/** WhatsApp knows best when the window is closed; the newest refusal holds. */
export async function noteFailure(
  core: Core,
  { conversationId }: Pick<MessageDocument, 'conversationId'>,
  { at, failure }: { readonly failure: Failure | null; readonly at: Instant },
): Promise<void> {
  if (failure?.code !== windowClosedCode) return;
  await untilDone(async () => {
    const conversation = await liveConversation(core, conversationId);
    if (conversation === null || (conversation.refusedAt ?? -Infinity) >= at) return true;
    const { _id, revision } = conversation;
    const { matchedCount } = await core.collections.conversations.updateOne(
      { _id, revision },
      { $set: { refusedAt: at }, $inc: { revision: 1, told: 1 } },
    );
    return matchedCount === 1 ? true : undefined;
  });
}
