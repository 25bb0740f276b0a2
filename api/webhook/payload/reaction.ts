import { z } from 'zod';
import type { ReactionContent } from '../../messages/message-content.ts';
import { absentWhenEmpty, label, wamid } from './fields.ts';

/** Taken back: `emoji` is absent, or empty as it was before 2026. */
export const reaction = z
  .object({ reaction: z.object({ message_id: wamid, emoji: absentWhenEmpty(label) }) })
  .transform((message): ReactionContent => ({
    type: 'REACTION',
    emoji: message.reaction.emoji ?? null,
    targetWamid: message.reaction.message_id,
  }));
