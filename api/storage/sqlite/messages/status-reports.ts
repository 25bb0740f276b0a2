import { applyReportOf } from '../../../messages/delivery-status.ts';
import type { Failure, StatusReport } from '../../../messages/delivery-status.ts';
import { noteWindowRefusal } from '../conversations/conversation-rows.ts';
import type { Core } from '../core.ts';
import { endAttempt } from '../outbox/attempts.ts';
import { leaveLine } from '../outbox/lines.ts';
import { saveDelivery, toDelivery } from './message-rows.ts';
import type { MessageRow } from './message-rows.ts';

/** "Re-engagement message": more than 24 hours since the customer last wrote. */
const windowClosedCode = 131047;

/**
 * Applies what WhatsApp says about an attempt to send a message. A report other than FAILED proves
 * that WhatsApp took it, so it leaves the outbox. False: nothing new.
 */
export function applyStatusReport(
  core: Core,
  row: MessageRow,
  told: { readonly report: StatusReport; readonly attempt: number },
): boolean {
  const { report, attempt } = told;
  const before = toDelivery(row);
  const after = applyReportOf(before, told);
  if (after === before) return false;
  saveDelivery(core.database, row.ord, after);
  if (after.stage !== before.stage) {
    leaveLine(core.database, row.ord);
    const outcome = report.status === 'FAILED' ? 'FAILED' : 'ACCEPTED';
    endAttempt(core.database, row.ord, {
      attempt,
      at: report.at,
      outcome,
      code: report.failure?.code ?? null,
    });
  }
  noteFailure(core, row, { failure: report.failure, at: report.at });
  core.changes.messageUpdated(row.conversation_id, row.id);
  return true;
}

/** WhatsApp knows best when the window is closed. */
export function noteFailure(
  core: Core,
  row: MessageRow,
  failed: { readonly failure: Failure | null; readonly at: number },
): void {
  if (failed.failure?.code !== windowClosedCode) return;
  noteWindowRefusal(core.database, row.conversation, failed.at);
}
