import type { Core } from '../core.ts';
import type { HeldStatusDocument, MessageDocument } from '../documents.ts';
import { noteReactions } from './reactions.ts';
import { applyStatusReport } from './status-reports.ts';

/** A message, and a wamid that is known to be its own: of this attempt, or of a message that came so. */
export interface Named {
  readonly message: MessageDocument;
  readonly key: string;
  readonly attempt: number;
}

/**
 * What waited for these wamids: statuses and reactions that came before them. Whoever keeps one of those looks
 * for the message once more afterwards, and whoever stores a wamid looks here afterwards: one sees the other.
 */
export async function settleWaiting(core: Core, named: readonly Named[]): Promise<void> {
  if (named.length === 0) return;
  const { heldStatuses, messages } = core.collections;
  const keys = named.map(({ key }) => key);
  const [held, reactions] = await Promise.all([
    heldStatuses.find({ wamidKey: { $in: keys } }).toArray(),
    messages.find({ targetKey: { $in: keys } }).toArray(),
  ]);
  if (held.length === 0 && reactions.length === 0) return;
  await Promise.all(
    named.map(async (one) => {
      await applyHeld(
        core,
        one,
        held.filter(({ wamidKey }) => wamidKey === one.key),
      );
      const toIt = reactions.filter(({ targetKey }) => targetKey === one.key);
      await noteReactions(core, one.message, toIt);
    }),
  );
}

/** Forgotten only once they are applied. */
async function applyHeld(
  core: Core,
  { attempt, message }: Named,
  held: readonly HeldStatusDocument[],
): Promise<void> {
  if (held.length === 0) return;
  const inOrder = [...held].sort((a, b) => a.at - b.at);
  for (const { status, at, failure } of message.direction === 'INBOUND' ? [] : inOrder) {
    await applyStatusReport(core, message, { report: { status, at, failure }, attempt });
  }
  await core.collections.heldStatuses.deleteMany({ _id: { $in: held.map(({ _id }) => _id) } });
}
