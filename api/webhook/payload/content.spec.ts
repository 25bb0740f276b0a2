import { textOf } from '../../messages/message-content.ts';
import { contentOf } from './content.ts';

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
const reply = { description: null, payload: null, responseJson: null };

describe('content', () => {
  it.each([
    ['text', { text: { body: 'Hi' } }, { type: 'TEXT', body: 'Hi' }],
    ['an empty text', { type: 'text', text: { body: '' } }, { type: 'TEXT', body: '' }],
    [
      'image',
      {
        image: {
          id: '12',
          mime_type: 'image/png',
          sha256: 'abc=',
          caption: 'Look',
          url: 'https://x',
        },
      },
      {
        ...media,
        type: 'IMAGE',
        mediaId: '12',
        mimeType: 'image/png',
        sha256: 'abc=',
        caption: 'Look',
      },
    ],
    ['video', { video: { id: '12' } }, { ...media, type: 'VIDEO', mediaId: '12' }],
    ['video', { video: { caption: '' } }, { ...media, type: 'VIDEO' }],
    [
      'audio',
      { audio: { id: '12', voice: true } },
      { ...media, type: 'AUDIO', mediaId: '12', isVoice: true },
    ],
    [
      'document',
      { document: { id: '12', filename: '../../etc/passwd' } },
      { ...media, type: 'DOCUMENT', mediaId: '12', fileName: '../../etc/passwd' },
    ],
    ['sticker', { sticker: { animated: true } }, { ...media, type: 'STICKER', isAnimated: true }],
    [
      'location',
      { location: { latitude: -33.9, longitude: 151.2, name: 'Quay', address: null } },
      { type: 'LOCATION', latitude: -33.9, longitude: 151.2, name: 'Quay', address: null },
    ],
    [
      'location',
      { location: { latitude: '48.85', longitude: '181' } },
      { type: 'LOCATION', latitude: 48.85, longitude: null, name: null, address: null },
    ],
    [
      'button',
      { button: { payload: 'YES', text: 'Yes, please' } },
      { ...reply, type: 'BUTTON', title: 'Yes, please', payload: 'YES' },
    ],
    [
      'button',
      { button: { payload: 'YES' } },
      { ...reply, type: 'BUTTON', title: 'YES', payload: 'YES' },
    ],
    [
      'interactive',
      { interactive: { type: 'button_reply', button_reply: { id: 'b1', title: 'Cancel' } } },
      { ...reply, type: 'INTERACTIVE', title: 'Cancel', payload: 'b1' },
    ],
    [
      'interactive',
      {
        interactive: {
          type: 'list_reply',
          list_reply: { id: 'r', title: 'Tue', description: 'am' },
        },
      },
      { ...reply, type: 'INTERACTIVE', title: 'Tue', description: 'am', payload: 'r' },
    ],
    [
      'interactive',
      { interactive: { type: 'nfm_reply', nfm_reply: { response_json: '{"a":1}' } } },
      { ...reply, type: 'INTERACTIVE', title: 'Form', responseJson: '{"a":1}' },
    ],
    [
      'reaction',
      { reaction: { message_id: 'wamid.A', emoji: '❤️' } },
      { type: 'REACTION', emoji: '❤️', targetWamid: 'wamid.A' },
    ],
    [
      'reaction',
      { reaction: { message_id: 'wamid.A' } },
      { type: 'REACTION', emoji: null, targetWamid: 'wamid.A' },
    ],
    [
      'reaction',
      { reaction: { message_id: 'wamid.A', emoji: '' } },
      { type: 'REACTION', emoji: null, targetWamid: 'wamid.A' },
    ],
    [
      'order',
      {
        order: {
          text: '',
          product_items: [{ product_retailer_id: 7, quantity: 2, item_price: 0.1 }],
        },
      },
      {
        type: 'ORDER',
        text: null,
        items: [{ productId: '7', quantity: '2', price: '0.1', currency: null }],
      },
    ],
    [
      'system',
      { system: { type: 'customer_identity_changed', body: 'New key' } },
      { type: 'SYSTEM', kind: 'customer_identity_changed', body: 'New key' },
    ],
    [
      'request_welcome',
      {},
      {
        type: 'SYSTEM',
        kind: 'request_welcome',
        body: 'The customer opened this chat for the first time',
      },
    ],
    [
      'revoke',
      { revoke: { original_message_id: 'wamid.A' } },
      { type: 'SYSTEM', kind: 'revoke', body: 'This message was deleted' },
    ],
    [
      'edit',
      {
        edit: { original_message_id: 'wamid.A', message: { type: 'text', text: { body: 'At 4' } } },
      },
      { type: 'SYSTEM', kind: 'edit', body: 'This message was edited: At 4' },
    ],
    [
      'edit',
      {
        edit: {
          original_message_id: 'wamid.A',
          message: { type: 'image', image: { caption: 'Mine' } },
        },
      },
      { type: 'SYSTEM', kind: 'edit', body: 'This message was edited: Mine' },
    ],
  ])('is read from %s %j', (type, message, expected) => {
    expect(contentOf({ type, ...message })).toEqual(expected);
  });

  it('is shown in part where a contact card has only parts', () => {
    const contacts = [
      {
        name: { formatted_name: 'Dr. Nia Bevan' },
        phones: [{ phone: '+44 1' }, { wa_id: '44' }, {}],
      },
      {
        name: { first_name: 'Nia', last_name: 'Bevan' },
        emails: [{ email: 'nia@example.invalid' }],
      },
      { org: { company: 'Bevan Interiors' }, phones: 'none' },
      { phones: [{ phone: '020 7946 0011' }] },
      {},
    ];
    expect(contentOf({ type: 'contacts', contacts })).toEqual({
      type: 'CONTACTS',
      cards: [
        { name: 'Dr. Nia Bevan', phones: ['+44 1', '44'], emails: [], organization: null },
        { name: 'Nia Bevan', phones: [], emails: ['nia@example.invalid'], organization: null },
        { name: 'Bevan Interiors', phones: [], emails: [], organization: 'Bevan Interiors' },
        { name: '020 7946 0011', phones: ['020 7946 0011'], emails: [], organization: null },
        { name: 'Contact without a name', phones: [], emails: [], organization: null },
      ],
    });
  });
});

describe('content that is not what it says', () => {
  it.each([
    ['text', {}, 'text: '],
    ['text', { text: {} }, 'text.body: '],
    ['text', { text: { body: 7 } }, 'text.body: '],
    ['image', { image: 'photo' }, 'image: '],
    ['contacts', { contacts: [] }, 'contacts: is empty'],
    ['contacts', { contacts: [null] }, 'contacts.0: '],
    ['interactive', {}, 'interactive: '],
    ['reaction', { reaction: { emoji: '👍' } }, 'reaction.message_id: '],
    ['order', { order: {} }, 'order.product_items: '],
    ['revoke', { revoke: {} }, 'revoke.original_message_id: '],
    ['edit', { edit: { original_message_id: 'wamid.A' } }, 'edit.message: '],
  ])('is kept as it came: %s %j', (type, message, reason) => {
    const whole = { type, ...message };
    expect(contentOf(whole)).toEqual({
      type: 'UNSUPPORTED',
      rawType: type,
      reason: expect.stringContaining(reason) as unknown,
      raw: JSON.stringify(whole),
    });
  });

  it.each([
    [{ type: 'hologram', hologram: { depth: 3 } }, 'hologram'],
    [{ type: 'unsupported', unsupported: { type: 'poll_creation' } }, 'poll_creation'],
    [{ type: 'unsupported' }, 'unsupported'],
    [
      { type: 'interactive', interactive: { type: 'call_permission_reply' } },
      'interactive call_permission_reply',
    ],
    [{ type: 'constructor' }, 'constructor'],
    [{ type: 7 }, 'unknown'],
    [{}, 'unknown'],
  ])('says what it was: %j', (message, rawType) => {
    const content = contentOf(message);
    expect(content).toMatchObject({ type: 'UNSUPPORTED', rawType, raw: JSON.stringify(message) });
    expect(textOf(content)).toContain(rawType);
  });

  it('tells the reason that WhatsApp gave', () => {
    const errors = [
      { code: 131052, title: 'Media download error', error_data: { details: 'Too big' } },
    ];
    expect(contentOf({ type: 'image', errors })).toMatchObject({ reason: 'Too big' });
    expect(contentOf({ type: 'gif', errors: [{ title: 'Unknown' }] })).toMatchObject({
      reason: 'Unknown',
    });
    expect(contentOf({ type: 'gif', errors: 'many' })).toMatchObject({ reason: null });
  });

  it('keeps its __proto__ as a key like any other', () => {
    const message: unknown = JSON.parse('{"type":"__proto__","__proto__":{"isAdmin":true}}');
    const content = contentOf(message as Record<string, unknown>);
    expect(content).toMatchObject({ type: 'UNSUPPORTED', rawType: '__proto__' });
    expect(content).toHaveProperty('raw', '{"type":"__proto__","__proto__":{"isAdmin":true}}');
    expect({}).not.toHaveProperty('isAdmin');
  });

  it('is not written out when it is nested deeper than any real one', () => {
    const deep: unknown = JSON.parse(`${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`);
    expect(contentOf({ type: 'hologram', hologram: deep })).toMatchObject({
      type: 'UNSUPPORTED',
      rawType: 'hologram',
      raw: '"nested deeper than 200 levels; see the journal"',
    });
  });

  it('cannot be an edit of an edit of an edit without end', () => {
    let edited: Record<string, unknown> = { type: 'text', text: { body: 'innermost' } };
    for (let depth = 0; depth < 20_000; depth += 1) {
      edited = { type: 'edit', edit: { original_message_id: 'wamid.A', message: edited } };
    }
    const content = contentOf(edited);
    expect(content).toMatchObject({ type: 'SYSTEM', kind: 'edit' });
    expect(textOf(content)).not.toContain('innermost');
  });
});
