import { toMessage } from '../messages/message-documents.ts';
import { writeMessage } from '../messages/change-message.ts';
import type { ClaimedSend, ClaimRequest } from '../../store.ts';
import type { Core } from '../core.ts';
import type { LeasedLine } from './lease-line.ts';

/** The write that counts: from here on the outcome is unknown until it is told. Null: it came too late. */
export async function markSending(
  core: Core,
  { message, conversation, contact, holder }: LeasedLine,
  { now, leaseMs }: Pick<ClaimRequest, 'now' | 'leaseMs'>,
): Promise<ClaimedSend | null> {
  const { attempt } = holder;
  const begun = { attempt, startedAt: now, endedAt: null, outcome: null, code: null, wamid: null };
  const marked = await writeMessage(core, message, {
    delivery: { ...message.delivery, stage: 'SENDING', attempt },
    attempts: [...message.attempts, begun],
    queue: { ...message.queue, leaseUntil: now + leaseMs },
  });
  if (marked === null) return null;
  const { phoneNumber, userId, username, profileName } = contact;
  return {
    message: toMessage(marked),
    recipient: { phoneNumber, userId, username, profileName },
    window: { lastInboundAt: conversation.lastInboundAt, refusedAt: conversation.refusedAt },
    attempt,
    giveUpAt: message.queue.giveUpAt,
    refusals: message.queue.refusals,
  };
}
