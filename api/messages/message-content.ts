/** What a message holds, tagged by its GraphQL `MessageType`. */
export type MessageContent =
  | TextContent
  | MediaContent
  | LocationContent
  | ContactsContent
  | InteractiveReplyContent
  | TemplateContent
  | OrderContent
  | ReactionContent
  | SystemContent
  | UnsupportedContent;

export interface TextContent {
  readonly type: 'TEXT';
  readonly body: string;
}

export interface MediaContent {
  readonly type: 'IMAGE' | 'VIDEO' | 'AUDIO' | 'DOCUMENT' | 'STICKER';
  /** Meta's media id; one from a webhook can be downloaded for 7 days. */
  readonly mediaId: string | null;
  readonly mimeType: string | null;
  /** Base64, as Meta writes it. */
  readonly sha256: string | null;
  readonly sizeBytes: number | null;
  /** As the customer named it: hostile input. */
  readonly fileName: string | null;
  readonly caption: string | null;
  readonly isVoice: boolean;
  readonly isAnimated: boolean;
  /** State of our own copy of the bytes. */
  readonly state: 'PENDING' | 'READY' | 'FAILED' | 'EXPIRED';
}

export interface LocationContent {
  readonly type: 'LOCATION';
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly name: string | null;
  readonly address: string | null;
}

export interface ContactCard {
  readonly name: string;
  readonly phones: readonly string[];
  readonly emails: readonly string[];
  readonly organization: string | null;
}

export interface ContactsContent {
  readonly type: 'CONTACTS';
  readonly cards: readonly ContactCard[];
}

/** What the customer tapped or filled in: a template's button (BUTTON), or a list, button or flow (INTERACTIVE). */
export interface InteractiveReplyContent {
  readonly type: 'INTERACTIVE' | 'BUTTON';
  readonly title: string;
  readonly description: string | null;
  readonly payload: string | null;
  /** A flow's answer: the JSON text that came. */
  readonly responseJson: string | null;
}

export interface TemplateContent {
  readonly type: 'TEMPLATE';
  readonly name: string;
  readonly language: string;
  /** As the customer reads it. */
  readonly body: string;
}

export interface OrderItem {
  readonly productId: string;
  readonly quantity: string;
  readonly price: string | null;
  readonly currency: string | null;
}

export interface OrderContent {
  readonly type: 'ORDER';
  readonly text: string | null;
  readonly items: readonly OrderItem[];
}

export interface ReactionContent {
  readonly type: 'REACTION';
  /** Null: the reaction was taken back. */
  readonly emoji: string | null;
  /** The message reacted to, by WhatsApp's id; it may be one that we do not have (yet). */
  readonly targetWamid: string;
}

/** A line in the chat that nobody wrote: number changed, chat opened, message edited or deleted. */
export interface SystemContent {
  readonly type: 'SYSTEM';
  /** WhatsApp's own name of the event, for example `user_changed_number`, `request_welcome`, `revoke`, `edit`. */
  readonly kind: string;
  readonly body: string;
}

export interface UnsupportedContent {
  readonly type: 'UNSUPPORTED';
  /** WhatsApp's own name of the type. */
  readonly rawType: string;
  readonly reason: string | null;
  /** The element as it came: JSON text. */
  readonly raw: string;
}

const mediaNames = {
  IMAGE: 'Photo',
  VIDEO: 'Video',
  AUDIO: 'Audio',
  DOCUMENT: 'Document',
  STICKER: 'Sticker',
} as const;

/** Body or caption, else one line that describes the content. Never empty for kinds without text. */
export function textOf(content: MessageContent): string {
  switch (content.type) {
    case 'TEXT':
    case 'SYSTEM':
    case 'TEMPLATE':
      return content.body;
    case 'IMAGE':
    case 'VIDEO':
    case 'AUDIO':
    case 'DOCUMENT':
    case 'STICKER':
      return content.caption ?? describeMedia(content);
    case 'LOCATION':
      return ['Location', content.name, content.address].filter(Boolean).join(': ');
    case 'CONTACTS':
      return `Contact: ${content.cards.map((card) => card.name).join(', ')}`;
    case 'INTERACTIVE':
    case 'BUTTON':
      return content.title;
    case 'ORDER':
      return content.text ?? `Order of ${String(content.items.length)} items`;
    case 'REACTION':
      return content.emoji === null ? 'Took back a reaction' : `Reacted ${content.emoji}`;
    case 'UNSUPPORTED':
      return `Message of a kind that cannot be shown here (${content.rawType})`;
  }
}

function describeMedia(media: MediaContent): string {
  if (media.isVoice) return 'Voice message';
  return media.fileName === null
    ? mediaNames[media.type]
    : `${mediaNames[media.type]}: ${media.fileName}`;
}

/** The words that search looks in, before they are cut into tokens. A reaction is found by its target. */
export function searchTextOf(content: MessageContent, reactionTarget?: MessageContent): string {
  switch (content.type) {
    case 'REACTION':
      return reactionTarget === undefined ? '' : searchTextOf(reactionTarget);
    case 'IMAGE':
    case 'VIDEO':
    case 'AUDIO':
    case 'DOCUMENT':
    case 'STICKER':
      return [content.caption, content.fileName].filter(Boolean).join(' ');
    case 'LOCATION':
      return [content.name, content.address].filter(Boolean).join(' ');
    case 'CONTACTS':
      return content.cards.flatMap((card) => [card.name, card.organization ?? '']).join(' ');
    case 'INTERACTIVE':
    case 'BUTTON':
      return [content.title, content.description].filter(Boolean).join(' ');
    case 'ORDER':
      return content.text ?? '';
    case 'UNSUPPORTED':
      return '';
    case 'TEXT':
    case 'SYSTEM':
    case 'TEMPLATE':
      return content.body;
  }
}

/** Reactions, notices and removals are not messages that somebody waits to have read. */
export function countsAsUnread(content: MessageContent): boolean {
  return content.type !== 'REACTION' && content.type !== 'SYSTEM';
}

/** Real messages open the customer-service window, and so does the first opening of the chat. */
export function opensServiceWindow(content: MessageContent): boolean {
  if (content.type === 'SYSTEM') return content.kind === 'request_welcome';
  return content.type !== 'REACTION';
}
