import type { MessagePartsFragment } from '../graphql/graphql';
import type { Place } from '../timeline/open-chat/message-pages';
import { kindOf } from '../ui/kind-of';
import type { MessageKind } from '../ui/kind-of';
import { previewText } from '../message-text/preview-text';

/** As much of a message as is shown where another one quotes it. */
export type QuotedMessage = NonNullable<MessagePartsFragment['replyTo']>;

export interface Quote {
  readonly place: Place;
  readonly isOurs: boolean;
  readonly kind: MessageKind | null;
  readonly text: string;
}

export function quotedMessage(message: MessagePartsFragment): QuotedMessage {
  const { id, cursor, direction, type, text, content } = message;
  const kind =
    content.__typename === 'MediaContent'
      ? { __typename: content.__typename, voice: content.voice }
      : { __typename: content.__typename };
  return { id, cursor, direction, type, text, content: kind };
}

export function quoteOf(original: QuotedMessage | null): Quote | null {
  if (original === null) return null;
  return {
    place: { messageId: original.id, cursor: original.cursor },
    isOurs: original.direction === 'OUTBOUND',
    kind: kindOf(original),
    text: previewText(original),
  };
}

/** WhatsApp can quote only what it has: its message must have been accepted, and not have failed. */
export function canBeQuoted({ status }: Pick<MessagePartsFragment, 'status'>): boolean {
  return status === 'RECEIVED' || status === 'SENT' || status === 'DELIVERED' || status === 'READ';
}

/** What another version of the app kept may look otherwise. */
export function isQuotedMessage(value: unknown): value is QuotedMessage {
  if (typeof value !== 'object' || value === null) return false;
  const quoted: Partial<Record<keyof QuotedMessage, unknown>> = value;
  const { content } = quoted;
  return (
    typeof quoted.id === 'string' &&
    typeof quoted.cursor === 'string' &&
    typeof quoted.direction === 'string' &&
    typeof quoted.type === 'string' &&
    typeof quoted.text === 'string' &&
    typeof content === 'object' &&
    content !== null &&
    '__typename' in content
  );
}
