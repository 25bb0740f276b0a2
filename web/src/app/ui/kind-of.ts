import type { MessageType } from '../graphql/graphql';
import type { IconName } from './icon-paths';

export interface MessageKind {
  readonly icon: IconName;
  readonly name: string;
}

/** Icon and name of a kind of message that is more than its text; null for plain text and notices. */
export function kindOf(message: {
  readonly type: MessageType;
  readonly content: { readonly __typename: string; readonly voice?: boolean };
}): MessageKind | null {
  if (message.type === 'AUDIO' && message.content.voice === true) {
    return { icon: 'voice', name: $localize`Voice message` };
  }
  return kindOfType(message.type);
}

function kindOfType(type: MessageType): MessageKind | null {
  switch (type) {
    case 'TEXT':
    case 'REACTION':
    case 'SYSTEM':
      return null;
    case 'IMAGE':
      return { icon: 'image', name: $localize`Photo` };
    case 'VIDEO':
      return { icon: 'video', name: $localize`Video` };
    case 'AUDIO':
      return { icon: 'audio', name: $localize`Audio` };
    case 'DOCUMENT':
      return { icon: 'document', name: $localize`Document` };
    case 'STICKER':
      return { icon: 'sticker', name: $localize`Sticker` };
    case 'LOCATION':
      return { icon: 'location', name: $localize`Location` };
    case 'CONTACTS':
      return { icon: 'contact', name: $localize`Contact` };
    case 'INTERACTIVE':
      return { icon: 'list', name: $localize`:to a question|:Answer` };
    case 'BUTTON':
      return { icon: 'button', name: $localize`Button` };
    case 'TEMPLATE':
      return { icon: 'template', name: $localize`Template` };
    case 'ORDER':
      return { icon: 'order', name: $localize`Order` };
    case 'UNSUPPORTED':
      return { icon: 'unsupported', name: $localize`Not supported` };
  }
}
