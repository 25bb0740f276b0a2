const amara = {
  name: 'Amara Okafor',
  phoneNumber: '15555550142',
  userId: 'US.40718829915530267781',
};
const tom = {
  name: 'Tom Aldridge',
  phoneNumber: '447700900123',
  userId: 'GB.77120043981265530914',
};
const lea = { name: 'Léa Fontaine', phoneNumber: '33639981234', userId: 'FR.51029938846117702345' };
const kiri = { name: 'Kiri Walker', phoneNumber: null, userId: 'AU.88310274650091827364' };

const media = {
  mediaId: null,
  mimeType: null,
  sha256: null,
  sizeBytes: null,
  fileName: null,
  caption: null,
  isVoice: false,
  isAnimated: false,
  state: 'PENDING',
};
const tapped = { description: null, payload: null, responseJson: null };
const ourMessage = 'wamid.HBgLMTU1NTU1NTAxNDIVAgARGBJGNDRDMzBEMDdEMzMxQzZGRjYA';

/** Each body with one inbound message: who is shown, when they wrote, what, and what they quoted. */
export const inboundFixtures = {
  text: {
    who: amara,
    at: '2026-11-20T00:01:00.000Z',
    content: { type: 'TEXT', body: 'Hi, is the oak side table still in stock?' },
  },
  'text-reply': {
    who: amara,
    at: '2026-11-20T00:06:40.000Z',
    content: { type: 'TEXT', body: 'Yes please, the second one.' },
    quotes: ourMessage,
  },
  'text-forwarded': {
    who: { ...tom, userId: null },
    at: '2026-11-20T00:08:20.000Z',
    content: { type: 'TEXT', body: 'Opening hours: 9 to 5, closed on Sunday' },
  },
  'text-referral-ad': {
    who: lea,
    at: '2026-11-20T00:08:40.000Z',
    content: { type: 'TEXT', body: 'Bonjour, je viens de votre annonce.' },
  },
  'text-bsuid-only': {
    who: kiri,
    at: '2026-11-20T00:09:00.000Z',
    content: { type: 'TEXT', body: "G'day, do you ship to Perth?" },
  },
  image: {
    who: amara,
    at: '2026-11-20T00:10:00.000Z',
    content: {
      ...media,
      type: 'IMAGE',
      mediaId: '1090592738294312',
      mimeType: 'image/jpeg',
      sha256: 'UmTD/Doo/2YB6Z/IwbVKkYHszYI/Oxc5Ebuh/arw+5s=',
      caption: 'This is the scratch I mean',
    },
  },
  document: {
    who: amara,
    at: '2026-11-20T00:10:40.000Z',
    content: {
      ...media,
      type: 'DOCUMENT',
      mediaId: '1220314864629166',
      mimeType: 'application/pdf',
      sha256: 'yGANPrWu/kJgfEl5Ky7boz9yMOxW9reeeHWkjXiEuOI=',
      fileName: 'order-4471.pdf',
      caption: 'Signed order',
    },
  },
  'audio-voice': {
    who: tom,
    at: '2026-11-20T00:11:40.000Z',
    content: {
      ...media,
      type: 'AUDIO',
      mediaId: '1259740481264287',
      mimeType: 'audio/ogg; codecs=opus',
      sha256: '7DuLHpqfMopsS2AnSOC3khmFDh8kKAHY8PQ8xrWAxD0=',
      isVoice: true,
    },
  },
  video: {
    who: { ...tom, userId: null },
    at: '2026-11-20T00:12:00.000Z',
    content: {
      ...media,
      type: 'VIDEO',
      mediaId: '1247125840213443',
      mimeType: 'video/mp4',
      sha256: '4MJ367XDsWMKTSWbSdtQPC7M1mKEuDRh7htmprXiGsU=',
    },
  },
  sticker: {
    who: lea,
    at: '2026-11-20T00:12:40.000Z',
    content: {
      ...media,
      type: 'STICKER',
      mediaId: '1016554963120581',
      mimeType: 'image/webp',
      sha256: 'Dw6AsjHFdDjD9fKpU0pEzdqIu5bTtBgLG1n52LvgcsY=',
    },
  },
  location: {
    who: { ...lea, userId: null },
    at: '2026-11-20T00:13:20.000Z',
    content: {
      type: 'LOCATION',
      latitude: 48.856614,
      longitude: 2.3522219,
      name: 'Atelier Fontaine',
      address: "12 rue de l'Exemple, 75004 Paris",
    },
  },
  contacts: {
    who: tom,
    at: '2026-11-20T00:14:00.000Z',
    content: {
      type: 'CONTACTS',
      cards: [
        {
          name: 'Dr. Nia Bevan',
          phones: ['+44 7700 900456'],
          emails: ['nia@bevan.example.invalid'],
          organization: 'Bevan Interiors',
        },
        { name: 'Reception', phones: ['020 7946 0011'], emails: [], organization: null },
      ],
    },
  },
  button: {
    who: amara,
    at: '2026-11-20T00:16:00.000Z',
    content: {
      ...tapped,
      type: 'BUTTON',
      title: 'Confirm delivery',
      payload: 'DELIVERY_CONFIRM_4471',
    },
    quotes: 'wamid.HBgLMTU1NTU1NTAxNDIVAgARGBJENjkwMTRERDQ3NEU5NEEzNTIA',
  },
  'interactive-list-reply': {
    who: lea,
    at: '2026-11-20T00:16:40.000Z',
    content: {
      ...tapped,
      type: 'INTERACTIVE',
      title: 'Tuesday morning',
      description: 'Between 08:00 and 12:00',
      payload: 'slot-tue-am',
    },
    quotes: 'wamid.HBgLMzM2Mzk5ODEyMzQVAgARGBIwMDhGQzEwNjk4MUM2MkREMDAA',
  },
  'interactive-button-reply': {
    who: lea,
    at: '2026-11-20T00:17:10.000Z',
    content: { ...tapped, type: 'INTERACTIVE', title: 'Cancel', payload: 'cancel-visit' },
    quotes: 'wamid.HBgLMzM2Mzk5ODEyMzQVAgARGBI0QUM3M0E5MUE3NUI0MDUxRDgA',
  },
  'interactive-nfm-reply': {
    who: lea,
    at: '2026-11-20T00:17:40.000Z',
    content: {
      ...tapped,
      type: 'INTERACTIVE',
      title: 'Sent',
      payload: 'flow',
      responseJson: '{"flow_token":"tok-example-7","rating":"4","comment":"Quick and friendly"}',
    },
    quotes: 'wamid.HBgLMzM2Mzk5ODEyMzQVAgARGBIyMTE5MDgyQzFFODA4NERCNTUA',
  },
  order: {
    who: tom,
    at: '2026-11-20T00:18:20.000Z',
    content: {
      type: 'ORDER',
      text: 'Could you gift-wrap these?',
      items: [
        { productId: 'stool-ash-45', quantity: '2', price: '79.5', currency: 'GBP' },
        { productId: 'wax-tin-small', quantity: '1', price: '12', currency: 'GBP' },
      ],
    },
  },
  unsupported: {
    who: amara,
    at: '2026-11-20T00:20:50.000Z',
    content: {
      type: 'UNSUPPORTED',
      rawType: 'poll_creation',
      reason: 'This kind of message cannot be delivered through the API.',
      raw: expect.stringContaining('"type":"poll_creation"') as unknown,
    },
  },
  reaction: {
    who: amara,
    at: '2026-11-20T00:15:00.000Z',
    content: { type: 'REACTION', emoji: '👍', targetWamid: ourMessage },
    isQuiet: true,
  },
  'reaction-removed': {
    who: amara,
    at: '2026-11-20T00:15:30.000Z',
    content: { type: 'REACTION', emoji: null, targetWamid: ourMessage },
    isQuiet: true,
  },
  'system-number-change': {
    // The name is in the notice alone; the number and user id are the new ones.
    who: { name: '+447700900789', phoneNumber: '447700900789', userId: 'GB.99120384756610293847' },
    at: '2026-11-20T00:20:00.000Z',
    content: {
      type: 'SYSTEM',
      kind: 'user_changed_number',
      body: 'User Tom Aldridge changed from 447700900123 to 447700900789',
    },
    isQuiet: true,
  },
} as const;
