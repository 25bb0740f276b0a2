import type { Core } from '../core.ts';
import type { MessageDocument } from '../documents.ts';
import { noteReactions } from './reactions.ts';
import { findByWamids } from './wamids.ts';

/** Reactions get to the messages that are there; the others wait for theirs. */
export async function reactToTargets(
  core: Core,
  messages: readonly MessageDocument[],
): Promise<void> {
  const byTarget = new Map<string, MessageDocument[]>();
  for (const message of messages) {
    if (message.targetKey === undefined) continue;
    byTarget.set(message.targetKey, [...(byTarget.get(message.targetKey) ?? []), message]);
  }
  const targets = await findByWamids(core, [...byTarget.keys()]);
  await Promise.all(
    Array.from(targets, ([key, { message }]) =>
      noteReactions(core, message, byTarget.get(key) ?? []),
    ),
  );
}
