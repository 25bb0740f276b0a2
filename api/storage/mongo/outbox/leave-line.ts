import type { Instant } from '../../../clock.ts';
import { bringContents } from '../conversations/join-conversations.ts';
import type { Core } from '../core.ts';
import type { ConversationDocument, LineDocument } from '../documents.ts';
import { replaceLine, resting } from './change-line.ts';
import { nextLookAt } from './line-facts.ts';

/** The line of a conversation that was joined into another: what still came to it goes along. */
export async function leaveLine(
  core: Core,
  left: {
    readonly line: LineDocument;
    readonly conversation: ConversationDocument;
    readonly now: Instant;
  },
): Promise<void> {
  const { line, conversation, now } = left;
  await bringContents(core, conversation);
  await replaceLine(core, line, resting(line, nextLookAt(line, now)));
}
