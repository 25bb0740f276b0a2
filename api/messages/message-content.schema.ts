import { builder } from '../graphql/builder.ts';
import { MessageType } from '../graphql/refs.ts';
import type {
  ContactCard,
  ContactsContent,
  InteractiveReplyContent,
  LocationContent,
  MediaContent,
  OrderContent,
  OrderItem,
  ReactionContent,
  SystemContent,
  TemplateContent,
  TextContent,
  UnsupportedContent,
} from './message-content.ts';
import type { Message } from './message.ts';

const TextContentType = builder.objectRef<TextContent>('TextContent').implement({
  description: 'A text message.',
  fields: (t) => ({
    body: t.exposeString('body', { description: 'The text as it was written: never markup.' }),
  }),
});

const MediaKind = builder.enumType('MediaKind', {
  description: 'What a media message holds.',
  values: {
    IMAGE: { description: 'A photo or picture.' },
    VIDEO: { description: 'A video.' },
    AUDIO: { description: 'An audio file or a voice note.' },
    DOCUMENT: { description: 'Any other file.' },
    STICKER: { description: 'A sticker.' },
  } as const,
});

const MediaState = builder.enumType('MediaState', {
  description: 'State of our own copy of a media file.',
  values: {
    PENDING: { description: 'Not fetched yet.' },
    READY: { description: 'Kept, and served at `url`.' },
    FAILED: { description: 'It could not be fetched.' },
    EXPIRED: { description: 'WhatsApp no longer has it, and neither have we.' },
  } as const,
});

const MediaContentType = builder
  .objectRef<MediaContent & { readonly message: Message }>('MediaContent')
  .implement({
    description: 'A photo, video, voice note, audio file, document or sticker.',
    fields: (t) => ({
      kind: t.expose('type', { type: MediaKind, description: 'What it is.' }),
      mimeType: t.exposeString('mimeType', {
        nullable: true,
        description: 'Media type as WhatsApp tells it, for example image/jpeg.',
      }),
      size: t.exposeInt('sizeBytes', { nullable: true, description: 'Bytes.' }),
      fileName: t.exposeString('fileName', {
        nullable: true,
        description: 'As its sender named it. It is no path, and not to be trusted.',
      }),
      caption: t.exposeString('caption', {
        nullable: true,
        description: 'The text that goes with it.',
      }),
      voice: t.exposeBoolean('isVoice', {
        description: 'A recorded voice note rather than an audio file.',
      }),
      animated: t.exposeBoolean('isAnimated', { description: 'A sticker that moves.' }),
      width: t.int({ nullable: true, description: 'Pixels, once known.', resolve: () => null }),
      height: t.int({ nullable: true, description: 'Pixels, once known.', resolve: () => null }),
      durationSeconds: t.float({
        nullable: true,
        description: 'Length of audio and video, once known.',
        resolve: () => null,
      }),
      state: t.expose('state', { type: MediaState, description: 'State of our own copy.' }),
      url: t.string({
        nullable: true,
        description: 'Same-origin path of our own copy, for a signed-in browser; null until READY.',
        resolve: ({ state, message }) => (state === 'READY' ? `/media/${message.id}` : null),
      }),
    }),
  });

const LocationContentType = builder.objectRef<LocationContent>('LocationContent').implement({
  description: 'A place that was shared.',
  fields: (t) => ({
    latitude: t.exposeFloat('latitude', { nullable: true, description: 'Degrees north.' }),
    longitude: t.exposeFloat('longitude', { nullable: true, description: 'Degrees east.' }),
    name: t.exposeString('name', { nullable: true, description: 'Name of the place.' }),
    address: t.exposeString('address', { nullable: true, description: 'Address of the place.' }),
  }),
});

const ContactCardType = builder.objectRef<ContactCard>('ContactCard').implement({
  description: 'One contact card.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Formatted name.' }),
    phones: t.exposeStringList('phones', { description: 'Phone numbers as they were written.' }),
    emails: t.exposeStringList('emails', { description: 'E-mail addresses.' }),
    organization: t.exposeString('organization', { nullable: true, description: 'Company.' }),
  }),
});

const ContactsContentType = builder.objectRef<ContactsContent>('ContactsContent').implement({
  description: 'Contact cards that were shared.',
  fields: (t) => ({
    cards: t.expose('cards', { type: [ContactCardType], description: 'In the order they came.' }),
  }),
});

const InteractiveReplyContentType = builder
  .objectRef<InteractiveReplyContent>('InteractiveReplyContent')
  .implement({
    description: 'What the customer tapped or filled in.',
    fields: (t) => ({
      title: t.exposeString('title', { description: 'What the customer saw and chose.' }),
      description: t.exposeString('description', {
        nullable: true,
        description: 'The second line of a list entry.',
      }),
      payload: t.exposeString('payload', {
        nullable: true,
        description: 'The id or payload that we gave the button or entry.',
      }),
      responseJson: t.exposeString('responseJson', {
        nullable: true,
        description: 'Flow answer, as the JSON text that came.',
      }),
    }),
  });

interface InteractiveOption {
  readonly id: string;
  readonly title: string;
  readonly description: string | null;
}

interface InteractiveContent {
  readonly body: string;
  readonly header: string | null;
  readonly footer: string | null;
  readonly options: readonly InteractiveOption[];
}

const InteractiveOptionType = builder.objectRef<InteractiveOption>('InteractiveOption').implement({
  description: 'One button or list entry.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Comes back as `payload` of the reply.' }),
    title: t.exposeString('title', { description: 'What the customer reads.' }),
    description: t.exposeString('description', {
      nullable: true,
      description: 'The second line of a list entry.',
    }),
  }),
});

const InteractiveContentType = builder
  .objectRef<InteractiveContent>('InteractiveContent')
  .implement({
    description: 'Buttons or a list that we sent.',
    fields: (t) => ({
      body: t.exposeString('body', { description: 'The text above the choices.' }),
      header: t.exposeString('header', { nullable: true, description: 'The line on top.' }),
      footer: t.exposeString('footer', { nullable: true, description: 'The small line below.' }),
      options: t.expose('options', {
        type: [InteractiveOptionType],
        description: 'The choices, in order.',
      }),
    }),
  });

const TemplateContentType = builder.objectRef<TemplateContent>('TemplateContent').implement({
  description: 'A message made from an approved template.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Name of the template.' }),
    language: t.exposeString('language', { description: 'Its language, for example en_GB.' }),
    body: t.exposeString('body', { description: 'As the customer reads it.' }),
  }),
});

const OrderItemType = builder.objectRef<OrderItem>('OrderItem').implement({
  description: 'One line of an order.',
  fields: (t) => ({
    productId: t.exposeString('productId', { description: 'Id of the product in the catalogue.' }),
    quantity: t.exposeString('quantity', { description: 'How many, as WhatsApp writes it.' }),
    price: t.exposeString('price', { nullable: true, description: 'Price of one, as text.' }),
    currency: t.exposeString('currency', {
      nullable: true,
      description: 'Currency code, for example EUR.',
    }),
  }),
});

const OrderContentType = builder.objectRef<OrderContent>('OrderContent').implement({
  description: 'An order from a catalogue.',
  fields: (t) => ({
    text: t.exposeString('text', {
      nullable: true,
      description: 'What the customer wrote with it.',
    }),
    items: t.expose('items', { type: [OrderItemType], description: 'In the order they came.' }),
  }),
});

const SystemContentType = builder.objectRef<SystemContent>('SystemContent').implement({
  description:
    'A line in the chat that nobody wrote: number changed, chat opened, message deleted.',
  fields: (t) => ({
    kind: t.exposeString('kind', { description: "WhatsApp's own name of the event." }),
    body: t.exposeString('body', { description: 'What happened, in words.' }),
  }),
});

const UnsupportedContentType = builder
  .objectRef<UnsupportedContent>('UnsupportedContent')
  .implement({
    description: 'A kind of message that cannot be shown here; it is kept as it came.',
    fields: (t) => ({
      rawType: t.exposeString('rawType', { description: "WhatsApp's own name of the type." }),
      reason: t.exposeString('reason', {
        nullable: true,
        description: 'Why WhatsApp could not pass it on, where it said so.',
      }),
    }),
  });

const ReactionContentType = builder
  .objectRef<ReactionContent & { readonly message: Message }>('ReactionContent')
  .implement({
    description: 'A reaction to another message.',
    fields: (t) => ({
      emoji: t.exposeString('emoji', {
        nullable: true,
        description: 'Null: the reaction was taken back.',
      }),
      target: t.field({
        type: MessageType,
        nullable: true,
        description: 'The message reacted to; null when it is not here.',
        resolve: ({ targetWamid, message: { phoneNumberId } }, _arguments, { loaders }) =>
          loaders.messageByName.load({ phoneNumberId, wamid: targetWamid }),
      }),
    }),
  });

const typeNames = {
  TEXT: 'TextContent',
  IMAGE: 'MediaContent',
  VIDEO: 'MediaContent',
  AUDIO: 'MediaContent',
  DOCUMENT: 'MediaContent',
  STICKER: 'MediaContent',
  LOCATION: 'LocationContent',
  CONTACTS: 'ContactsContent',
  INTERACTIVE: 'InteractiveReplyContent',
  BUTTON: 'InteractiveReplyContent',
  TEMPLATE: 'TemplateContent',
  ORDER: 'OrderContent',
  REACTION: 'ReactionContent',
  SYSTEM: 'SystemContent',
  UNSUPPORTED: 'UnsupportedContent',
} as const;

export const MessageContentType = builder.unionType('MessageContent', {
  description: 'What a message holds, by its kind.',
  types: [
    TextContentType,
    MediaContentType,
    LocationContentType,
    ContactsContentType,
    InteractiveReplyContentType,
    InteractiveContentType,
    TemplateContentType,
    OrderContentType,
    ReactionContentType,
    SystemContentType,
    UnsupportedContentType,
  ],
  resolveType: (content) => ('type' in content ? typeNames[content.type] : 'InteractiveContent'),
});
