import type { Contact } from '../../../contacts/contact.ts';
import type { ClaimRequest } from '../../store.ts';
import type { Core } from '../core.ts';
import type { LineHolder } from '../documents.ts';
import { changeLine, held, replaceLine, resting } from './change-line.ts';
import type { ReadyLine } from './examine-line.ts';

/** A line that is held for its first message, and whom that goes to. */
export interface LeasedLine extends ReadyLine {
  readonly holder: LineHolder;
  readonly contact: Omit<Contact, 'id'>;
}

/** Holds the line and counts the send against the pair, in one write. Null: somebody else was first. */
export async function leaseLine(
  core: Core,
  ready: ReadyLine,
  { now, leaseMs }: Pick<ClaimRequest, 'now' | 'leaseMs'>,
): Promise<LeasedLine | null> {
  const { line, message, conversation, paceUntil } = ready;
  const holder = { messageId: message._id, attempt: message.delivery.attempt + 1 };
  const leased = held({ ...line, paceUntil }, { leaseUntil: now + leaseMs, holder });
  const [contact, isTaken] = await Promise.all([
    core.collections.contacts.findOne({ _id: conversation.contact.id }),
    replaceLine(core, line, leased),
  ]);
  // The conversation knows its contact as it was a moment ago.
  return isTaken ? { ...ready, holder, contact: contact ?? conversation.contact } : null;
}

/** It was not its turn after all: as if it had not been held, the pace of the pair too. */
export function giveBack(core: Core, leased: LeasedLine): Promise<void> {
  const { line: before, holder } = leased;
  return changeLine(core, before._id, (line) => {
    const isOurs =
      line?.holder?.messageId === holder.messageId && line.holder.attempt === holder.attempt;
    if (!isOurs) return null;
    const { next, announced, revision } = line;
    return { ...resting(before, before.dueAt ?? null), next, announced, revision };
  });
}
