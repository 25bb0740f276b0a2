import type { ContentPartsFragment } from '../graphql/graphql';
import { durationClock, fileSize } from '../ui/sizes';

/** What a message holds beside its text, a line each. */
export function detailsOf(content: ContentPartsFragment): readonly string[] {
  switch (content.__typename) {
    case 'MediaContent':
      return [line(mediaFacts(content))].filter(isGiven);
    case 'LocationContent':
      return [coordinatesOf(content)].filter(isGiven);
    case 'ContactsContent':
      return content.cards.map((card) =>
        line([card.name, card.organization, ...card.phones, ...card.emails]),
      );
    case 'InteractiveReplyContent':
      return [content.description].filter(isGiven);
    case 'InteractiveContent':
      return [...content.options.map((option) => `▸ ${option.title}`), content.footer].filter(
        isGiven,
      );
    case 'OrderContent':
      return content.items.map((item) => orderLine(item));
    case 'UnsupportedContent':
      return [content.reason].filter(isGiven);
    case 'ReactionContent':
    case 'TextContent':
    case 'SystemContent':
    case 'TemplateContent':
      return [];
  }
}

type Media = Extract<ContentPartsFragment, { __typename: 'MediaContent' }>;
type Location = Extract<ContentPartsFragment, { __typename: 'LocationContent' }>;
type OrderItem = Extract<ContentPartsFragment, { __typename: 'OrderContent' }>['items'][number];

function mediaFacts(media: Media): readonly (string | null)[] {
  // Without a caption the message's text names the file already.
  const fileName = media.caption === null ? null : media.fileName;
  return [
    fileName,
    media.durationSeconds === null ? null : durationClock(media.durationSeconds),
    media.size === null ? null : fileSize(media.size),
  ];
}

function coordinatesOf({ latitude, longitude }: Location): string | null {
  if (latitude === null || longitude === null) return null;
  return `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
}

function orderLine(item: OrderItem): string {
  const price = item.price === null ? null : line([item.price, item.currency], ' ');
  return line([`${item.quantity} × ${item.productId}`, price]);
}

function line(parts: readonly (string | null)[], separator = ' · '): string {
  return parts.filter(isGiven).join(separator);
}

function isGiven(text: string | null): text is string {
  return text !== null && text !== '';
}
