import type { MessageType } from '../graphql/graphql';
import type { IconName } from './icon-paths';

export interface MessageKind {
  readonly icon: IconName;
  readonly name: string;
}

const kinds: Record<MessageType, MessageKind | null> = {
  TEXT: null,
  REACTION: null,
  SYSTEM: null,
  IMAGE: { icon: 'image', name: 'Photo' },
  VIDEO: { icon: 'video', name: 'Video' },
  AUDIO: { icon: 'audio', name: 'Audio' },
  DOCUMENT: { icon: 'document', name: 'Document' },
  STICKER: { icon: 'sticker', name: 'Sticker' },
  LOCATION: { icon: 'location', name: 'Location' },
  CONTACTS: { icon: 'contact', name: 'Contact' },
  INTERACTIVE: { icon: 'list', name: 'Answer' },
  BUTTON: { icon: 'button', name: 'Button' },
  TEMPLATE: { icon: 'template', name: 'Template' },
  ORDER: { icon: 'order', name: 'Order' },
  UNSUPPORTED: { icon: 'unsupported', name: 'Not supported' },
};

/** Icon and name of a kind of message that is more than its text; null for plain text and notices. */
export function kindOf(message: {
  readonly type: MessageType;
  readonly content: { readonly __typename: string; readonly voice?: boolean };
}): MessageKind | null {
  if (message.type === 'AUDIO' && message.content.voice === true) {
    return { icon: 'voice', name: 'Voice message' };
  }
  return kinds[message.type];
}
