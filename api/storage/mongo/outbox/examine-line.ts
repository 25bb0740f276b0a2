import { gcra } from '../../../outbox/pacing.ts';
import type { ClaimRequest } from '../../store.ts';
import type { Core } from '../core.ts';
import type { ConversationDocument, LineDocument } from '../documents.ts';
import { followUp } from '../messages/file-message.ts';
import { without } from '../without.ts';
import { replaceLine, resting } from './change-line.ts';
import { freeLine } from './free-line.ts';
import { leaveLine } from './leave-line.ts';
import { dueAtOf, firstInLine } from './line-facts.ts';
import type { QueuedDocument } from './line-facts.ts';

/** A line whose first message may be sent now. */
export interface ReadyLine {
  readonly line: LineDocument;
  readonly message: QueuedDocument;
  readonly conversation: ConversationDocument;
  /** The pace of the pair with this send. */
  readonly paceUntil: number;
}

/** Looks at a line that says it is due. Null: it was not, and now says when it is. */
export async function examineLine(
  core: Core,
  line: LineDocument,
  { now, pacing }: Pick<ClaimRequest, 'now' | 'pacing'>,
): Promise<ReadyLine | null> {
  const [first, conversation] = await Promise.all([
    firstInLine(core, line._id),
    core.collections.conversations.findOne({ _id: line._id }),
  ]);
  if (first?.isNew === true) await followUp(core, first);
  const message = first === null ? null : without(first, 'isNew');
  if (conversation?.joinedInto !== undefined) {
    await leaveLine(core, { line, conversation, now });
    return null;
  }
  if (
    message?.delivery.stage !== 'QUEUED' ||
    conversation === null ||
    dueAtOf(message, now) > now
  ) {
    await freeLine(core, line._id, now);
    return null;
  }
  const pair = gcra(line.paceUntil ?? null, now, pacing.perPair);
  if (pair.isAllowed) return { line, message, conversation, paceUntil: pair.until };
  await replaceLine(core, line, resting(line, pair.at));
  return null;
}
