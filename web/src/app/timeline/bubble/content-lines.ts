import type { ContentPartsFragment, MessagePartsFragment } from '../../graphql/graphql';
import { moneyOf } from '../../ui/money';
import { shownText } from '../../ui/shown-text';
import { durationClock, fileSize } from '../../ui/sizes';

/** What a bubble says: a text, and smaller lines under it. */
export interface ContentLines {
  /** Empty where kind and details say it all. */
  readonly text: string;
  readonly details: readonly string[];
}

export function contentLines(
  message: Pick<MessagePartsFragment, 'type' | 'text' | 'content'>,
): ContentLines {
  const { content } = message;
  const text = shownText(message);
  switch (content.__typename) {
    case 'MediaContent':
      return mediaLines(content);
    case 'LocationContent':
      return locationLines(content);
    case 'ContactsContent':
      return { text: '', details: content.cards.map(cardLine) };
    case 'InteractiveReplyContent':
      return { text, details: [content.description].filter(isGiven) };
    case 'InteractiveContent':
      return { text, details: interactiveDetails(content) };
    case 'OrderContent':
      return { text: content.orderText ?? '', details: content.items.map(orderLine) };
    case 'UnsupportedContent':
      return { text, details: [content.reason].filter(isGiven) };
    case 'ReactionContent':
    case 'SystemContent':
    case 'TemplateContent':
    case 'TextContent':
      return { text, details: [] };
  }
}

type Content<Name> = Extract<ContentPartsFragment, { __typename: Name }>;
type Card = Content<'ContactsContent'>['cards'][number];
type OrderItem = Content<'OrderContent'>['items'][number];

function mediaLines(media: Content<'MediaContent'>): ContentLines {
  const { caption, fileName, durationSeconds, size } = media;
  const facts = line([
    caption === null ? null : fileName,
    durationSeconds === null ? null : durationClock(durationSeconds),
    size === null ? null : fileSize(size),
  ]);
  return { text: caption ?? fileName ?? '', details: [facts].filter(isGiven) };
}

function locationLines(location: Content<'LocationContent'>): ContentLines {
  const { latitude, longitude, placeName, address } = location;
  const coordinates =
    latitude === null || longitude === null
      ? null
      : `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
  return { text: placeName ?? '', details: [address, coordinates].filter(isGiven) };
}

function cardLine(card: Card): string {
  return line([card.name, card.organization, ...card.phones, ...card.emails]);
}

function interactiveDetails(content: Content<'InteractiveContent'>): readonly string[] {
  return [...content.options.map((option) => `▸ ${option.title}`), content.footer].filter(isGiven);
}

function orderLine(item: OrderItem): string {
  const price = item.price === null ? null : moneyOf(item.price, item.currency);
  return line([`${item.quantity} × ${item.productId}`, price]);
}

function line(parts: readonly (string | null)[]): string {
  return parts.filter(isGiven).join(' · ');
}

function isGiven(text: string | null): text is string {
  return text !== null && text !== '';
}
