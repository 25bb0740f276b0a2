import { serverText } from '../../locale/server-text';
import type { MessageType } from '../graphql/graphql';

// Their text is what somebody wrote; that of the others the server made, or a caption.
const written: ReadonlySet<MessageType> = new Set(['TEXT', 'TEMPLATE', 'INTERACTIVE', 'BUTTON']);

/** The one line of text that the server gives of a message. */
export function shownText(message: { readonly type: MessageType; readonly text: string }): string {
  return written.has(message.type) ? message.text : serverText(message.text);
}
