import { builder } from '../graphql/builder.ts';

export const MessageDirection = builder.enumType('MessageDirection', {
  description: 'Which way a message went.',
  values: {
    INBOUND: { description: 'From the customer.' },
    OUTBOUND: { description: 'From our side: this server, or the phone app of the business.' },
  } as const,
});

export const MessageKind = builder.enumType('MessageType', {
  description: 'The kinds of messages.',
  values: {
    TEXT: { description: 'Text.' },
    IMAGE: { description: 'A photo or picture.' },
    VIDEO: { description: 'A video.' },
    AUDIO: { description: 'An audio file or a voice note.' },
    DOCUMENT: { description: 'Any other file.' },
    STICKER: { description: 'A sticker.' },
    LOCATION: { description: 'A place.' },
    CONTACTS: { description: 'Contact cards.' },
    INTERACTIVE: { description: 'Buttons, a list or a flow, or the answer to one.' },
    BUTTON: { description: "A tap on a template's button." },
    TEMPLATE: { description: 'Made from an approved template.' },
    ORDER: { description: 'An order from a catalogue.' },
    REACTION: { description: 'A reaction to another message, or its removal.' },
    SYSTEM: { description: 'A notice that nobody wrote.' },
    UNSUPPORTED: { description: 'A kind that cannot be shown here.' },
  } as const,
});

export const MessageStatusType = builder.enumType('MessageStatus', {
  description: 'How far a message has come. It only rises, except into FAILED and UNKNOWN.',
  values: {
    RECEIVED: { description: 'Inbound: it is here.' },
    QUEUED: { description: 'Stored; waits to be sent.' },
    SENDING: { description: 'Being handed to WhatsApp.' },
    SENT: { description: 'WhatsApp accepted it (one tick).' },
    DELIVERED: { description: "It reached the customer's phone (two ticks)." },
    READ: { description: 'The customer read it (two blue ticks).' },
    FAILED: { description: 'It was not delivered; `error` says why.' },
    UNKNOWN: {
      description:
        'WhatsApp gave no clear answer, so it may have been sent. It is not sent again by itself; a status that comes later settles it.',
    },
    SCHEDULED: { description: 'To be sent at a later time.' },
    CANCELLED: { description: 'Taken back before it was sent.' },
  } as const,
});
