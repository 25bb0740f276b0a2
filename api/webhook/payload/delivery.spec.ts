import {
  fromAmara,
  homeNumberId,
  londonNumberId,
  messagesChange,
  notification,
  textOfAmara,
  webhookFixture,
} from '../../../test/kit/webhook-bodies.ts';
import type { DeliveryElement } from '../delivery-element.ts';
import { parseDelivery } from './delivery.ts';

const numbers = new Set([homeNumberId, londonNumberId]);

function elementsOf(body: Buffer): readonly DeliveryElement[] {
  const parsed = parseDelivery(body, numbers);
  if (parsed.kind === 'refused') throw new Error(parsed.reason);
  return parsed.elements;
}

const brief = ({ kind, path }: DeliveryElement) => `${kind} ${path}`;
const details = (elements: readonly DeliveryElement[]) =>
  elements.map((element) => ('detail' in element ? element.detail : element.kind));

describe('a delivery', () => {
  it('is walked through to its last entry, change, message and status', () => {
    expect(elementsOf(webhookFixture('batch-mixed')).map(brief)).toEqual([
      'status entry[0].changes[0].value.statuses[0]',
      'status entry[0].changes[0].value.statuses[1]',
      'inbound entry[0].changes[1].value.messages[0]',
      'inbound entry[0].changes[1].value.messages[1]',
      'inbound entry[0].changes[1].value.messages[2]',
      'status entry[1].changes[0].value.statuses[0]',
      'inbound entry[1].changes[1].value.messages[0]',
      'keep entry[1].changes[2]',
      'inbound entry[2].changes[0].value.messages[0]',
      'status entry[2].changes[1].value.statuses[0]',
      'status entry[2].changes[1].value.statuses[1]',
    ]);
  });

  it('may say nothing at all', () => {
    expect(elementsOf(Buffer.from('{"object":"whatsapp_business_account","entry":[]}'))).toEqual(
      [],
    );
    expect(details(elementsOf(notification(messagesChange({}))))).toEqual([
      'nothing for the inbox in it',
    ]);
    expect(
      details(elementsOf(notification(messagesChange({ messages: null, statuses: [] })))),
    ).toEqual(['nothing for the inbox in it']);
  });

  it('may begin with a byte order mark', () => {
    const body = Buffer.concat([Buffer.from('\ufeff'), webhookFixture('text')]);
    expect(elementsOf(body).map(({ kind }) => kind)).toEqual(['inbound']);
  });

  it('takes 1000 updates, each on its own', () => {
    const messages = Array.from({ length: 1_000 }, (_, index) =>
      textOfAmara({ id: `wamid.${String(index)}` }),
    );
    const elements = elementsOf(fromAmara(...messages));
    expect(elements).toHaveLength(1_000);
    expect(new Set(elements.map(({ kind }) => kind))).toEqual(new Set(['inbound']));
    expect(elements.at(-1)?.path).toBe('entry[0].changes[0].value.messages[999]');
  });

  it('is not followed beyond five times what WhatsApp ever sends', () => {
    const elements = elementsOf(fromAmara(...Array.from({ length: 7_000 }, () => 0)));
    expect(elements).toHaveLength(5_001);
    expect(elements.at(-1)).toMatchObject({
      kind: 'aside',
      detail: 'More than 5000 updates in one delivery: the rest is in the journal only',
    });
  });

  it('sets aside what makes no sense, and goes on with its neighbours', () => {
    const body = fromAmara(
      textOfAmara(),
      null,
      'message',
      textOfAmara({ timestamp: 'x' }),
      textOfAmara({ type: 'hologram' }),
      textOfAmara({ id: 'wamid.LAST' }),
    );
    expect(elementsOf(body).map(({ kind }) => kind)).toEqual([
      'inbound',
      'aside',
      'aside',
      'aside',
      'inbound',
      'inbound',
    ]);
  });

  it.each([
    ['an entry', { object: 'whatsapp_business_account', entry: [7] }, 'entry[0]'],
    ['the changes', { object: 'whatsapp_business_account', entry: [{ id: '1' }] }, 'entry[0]'],
    [
      'a change',
      { object: 'whatsapp_business_account', entry: [{ changes: [null] }] },
      'entry[0].changes[0]',
    ],
    [
      'a field',
      { object: 'whatsapp_business_account', entry: [{ changes: [{ value: {} }] }] },
      'entry[0].changes[0]',
    ],
    [
      'a value',
      {
        object: 'whatsapp_business_account',
        entry: [{ changes: [{ field: 'messages', value: [] }] }],
      },
      'entry[0].changes[0]',
    ],
  ])('sets aside %s that makes no sense', (_what, body, path) => {
    expect(elementsOf(Buffer.from(JSON.stringify(body)))).toEqual([
      { kind: 'aside', path, detail: expect.any(String) as unknown },
    ]);
  });

  it('sets aside a list that is none, and reads the other', () => {
    const statuses = [{ id: 'wamid.OUT', status: 'read', timestamp: '1795133150' }];
    const elements = elementsOf(notification(messagesChange({ messages: 'hello', statuses })));
    expect(elements.map(brief)).toEqual([
      'aside entry[0].changes[0].value.messages',
      'status entry[0].changes[0].value.statuses[0]',
    ]);
  });

  it.each([
    ['is missing', undefined, 'metadata: '],
    ['has no id', {}, 'metadata.phone_number_id: '],
    ['has an empty id', { phone_number_id: '' }, 'metadata.phone_number_id: is empty'],
    [
      'has an endless id',
      { phone_number_id: '1'.repeat(200) },
      'metadata.phone_number_id: is longer',
    ],
    ['names another number', { phone_number_id: '999' }, 'unknown number 999'],
  ])('is set aside where its metadata %s', (_what, metadata, detail) => {
    const elements = elementsOf(
      notification(messagesChange({ metadata, messages: [textOfAmara(), textOfAmara()] })),
    );
    expect(elements).toEqual([
      {
        kind: 'aside',
        path: 'entry[0].changes[0].value',
        detail: expect.stringContaining(detail) as unknown,
      },
    ]);
  });

  it.each([
    ['account_update'],
    ['message_template_status_update'],
    ['history'],
    ['standby'],
    ['calls'],
    ['__proto__'],
    ['toString'],
  ])('is kept for its field %s alone, whatever its value', (field) => {
    const value = { messages: [textOfAmara()], metadata: { phone_number_id: homeNumberId } };
    expect(details(elementsOf(notification({ field, value })))).toEqual([`field ${field}`]);
  });

  it('keeps errors of the account beside what else it says', () => {
    const errors = [{ code: 131000, title: 'Something went wrong' }];
    const elements = elementsOf(
      notification(messagesChange({ errors, messages: [textOfAmara()] })),
    );
    expect(details(elements)).toEqual(['account error 131000: Something went wrong', 'inbound']);
  });

  it('does not take an interactive message without its object for an error of its own', () => {
    const errors = [{ code: 131000, title: 'Something went wrong' }];
    const messages = [textOfAmara({ type: 'interactive', text: undefined })];
    const [kept, shown] = elementsOf(notification(messagesChange({ errors, messages })));
    expect(kept).toMatchObject({ kind: 'keep' });
    expect(shown).toMatchObject({ kind: 'inbound', content: { type: 'UNSUPPORTED' } });
  });

  it('never takes echoes for messages of a customer', () => {
    const value = { metadata: { phone_number_id: homeNumberId }, messages: [textOfAmara()] };
    expect(details(elementsOf(notification({ field: 'smb_message_echoes', value })))).toEqual([
      'nothing for the inbox in it',
    ]);
  });
});

describe('what is no delivery', () => {
  it.each([
    ['nothing', Buffer.alloc(0), 'The body is not valid JSON'],
    ['words', Buffer.from('hello'), 'The body is not valid JSON'],
    ['half a delivery', webhookFixture('text').subarray(0, 400), 'The body is not valid JSON'],
    ['two', Buffer.from('{}{}'), 'The body is not valid JSON'],
    ['a form', Buffer.from('object=whatsapp_business_account'), 'The body is not valid JSON'],
    ['half of a character', Buffer.from([0x22, 0xc3, 0x22]), 'The body is not valid UTF-8'],
    ['UTF-16', Buffer.from('\ufeff{}', 'utf16le'), 'The body is not valid UTF-8'],
    [
      'encoded surrogates',
      Buffer.from([0x22, 0xed, 0xa0, 0xbd, 0x22]),
      'The body is not valid UTF-8',
    ],
    ['null', Buffer.from('null'), 'Not a WhatsApp notification'],
    ['a number', Buffer.from('7'), 'Not a WhatsApp notification'],
    ['a list', Buffer.from('[]'), 'Not a WhatsApp notification'],
    ['something else', Buffer.from('{"a":1}'), 'Not a WhatsApp notification: object'],
    [
      'of a page',
      Buffer.from('{"object":"page","entry":[]}'),
      'Not a WhatsApp notification: object',
    ],
    ['without entries', Buffer.from('{"object":"whatsapp_business_account"}'), 'entry'],
    [
      '20,000 levels of lists',
      Buffer.from('['.repeat(20_000) + ']'.repeat(20_000)),
      'Not a WhatsApp',
    ],
    ['20,000 levels without an end', Buffer.from('['.repeat(20_000)), 'The body is not valid JSON'],
  ])('is refused: %s', (_what, body, reason) => {
    expect(parseDelivery(body, numbers)).toEqual({
      kind: 'refused',
      reason: expect.stringContaining(reason) as unknown,
    });
  });

  it('is refused without a word of it in the reason', () => {
    const parsed = parseDelivery(Buffer.from('{"object": my secret'), numbers);
    expect(JSON.stringify(parsed)).not.toContain('secret');
  });
});
