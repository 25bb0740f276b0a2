import type { Outgoing } from '../sending/send-queue';
import type { ConversationPartsFragment } from '../graphql/graphql';
import { previewText } from '../message-text/preview-text';
import { kindOf } from '../ui/kind-of';
import type { MessageKind } from '../ui/kind-of';
import { tickOf, tickOfUnsent } from '../ui/tick-of';
import type { Tick } from '../ui/tick-of';

/** The line under a name in the list. */
export interface Preview {
  readonly tick: Tick | null;
  readonly kind: MessageKind | null;
  readonly text: string;
}

/** `unsent`: what this browser alone has. One that waits comes after all others; of a refused one nobody knows when. */
export function previewOf(
  conversation: ConversationPartsFragment,
  unsent: Outgoing | null = null,
): Preview {
  const message = conversation.lastMessage;
  if (unsent !== null && isLast(unsent, message)) {
    const text = previewText({ type: 'TEXT', text: unsent.text });
    return { tick: tickOfUnsent(unsent), kind: null, text };
  }
  if (message === null) return { tick: null, kind: null, text: $localize`No messages yet` };
  return { tick: tickOf(message), kind: kindOf(message), text: previewText(message) };
}

function isLast(
  { createdAtMs, refusal }: Outgoing,
  message: ConversationPartsFragment['lastMessage'],
): boolean {
  return refusal === null || message === null || Date.parse(message.timestamp) <= createdAtMs;
}
