import type { MessageType } from '../graphql/graphql';
import { shownText } from '../ui/shown-text';
import { plainText } from './message-text';

/** More than the few lines of a preview have room for. */
const longestPreview = 400;

/** How a message begins, where it stands beside others: without WhatsApp's markers. */
export function previewText(message: {
  readonly type: MessageType;
  readonly text: string;
}): string {
  // Half an emoji at the cut would be drawn as a sign of its own.
  const start = shownText(message)
    .slice(0, longestPreview)
    .replace(/[\ud800-\udbff]$/, '');
  return plainText(start);
}
