import { textOfAmara } from '../../../test/kit/webhook-bodies.ts';
import { readInbound } from './inbound.ts';
import { readPeople } from './people.ts';

const place = {
  path: 'entry[0].changes[0].value.messages[0]',
  business: { phoneNumberId: '331190077250416', displayPhoneNumber: '15555550100' },
  people: readPeople([
    { profile: { name: 'Amara Okafor' }, wa_id: '15555550142', user_id: 'US.1' },
  ]),
};

const identity = { username: null, profileName: null };

describe('an inbound message', () => {
  it('carries who, where, when and what', () => {
    const context = { from: '15555550100', id: 'wamid.QUOTED' };
    expect(readInbound(textOfAmara({ context }), place)).toEqual({
      kind: 'inbound',
      path: place.path,
      business: place.business,
      from: {
        phoneNumber: '15555550142',
        userId: 'US.1',
        username: null,
        profileName: 'Amara Okafor',
      },
      wamid: 'wamid.HBgLMTU1NTU1NTAxNDIVAgASGBQzQQ==',
      timestamp: 1_795_132_860_000,
      content: { type: 'TEXT', body: 'Hello' },
      replyToWamid: 'wamid.QUOTED',
      changedTo: null,
    });
  });

  it.each([
    ['a plus', { from: '+15555550142' }, '15555550142'],
    ['only a user id', { from: undefined, from_user_id: 'AU.2' }, null],
    ['an empty number', { from: '', from_user_id: 'AU.2' }, null],
    ['no number but null', { from: null, from_user_id: 'AU.2' }, null],
  ])('may come with %s', (_what, changed, phoneNumber) => {
    expect(readInbound(textOfAmara(changed), place)).toMatchObject({
      kind: 'inbound',
      from: { phoneNumber },
    });
  });

  it.each([
    ['forwarded, without an id', { forwarded: true }],
    ['too long an id', { id: 'w'.repeat(600) }],
    ['no object', 'wamid.QUOTED'],
    ['null', null],
  ])('quotes nothing when the context is %s', (_what, context) => {
    expect(readInbound(textOfAmara({ context }), place)).toMatchObject({
      kind: 'inbound',
      replyToWamid: null,
    });
  });

  it.each([['edit'], ['revoke']])('of type %s quotes the message that it is about', (type) => {
    const about = {
      original_message_id: 'wamid.OLD',
      message: { type: 'text', text: { body: 'x' } },
    };
    const message = textOfAmara({ type, [type]: about, context: { id: 'wamid.OTHER' } });
    expect(readInbound(message, place)).toMatchObject({
      content: { type: 'SYSTEM', kind: type },
      replyToWamid: 'wamid.OLD',
    });
  });

  it.each([
    ['a string', 'hello', 'is not an object'],
    ['null', null, 'is not an object'],
    ['a list', [], 'is not an object'],
    ['no id', textOfAmara({ id: undefined }), 'id: '],
    ['an id that is too long', textOfAmara({ id: 'w'.repeat(513) }), 'id: is longer than 512'],
    ['no time', textOfAmara({ timestamp: undefined }), 'timestamp: is not a time in unix seconds'],
    ['a time in words', textOfAmara({ timestamp: 'now' }), 'timestamp: is not a time'],
    ['a number with letters', textOfAmara({ from: '1555x550142' }), 'from: is not a phone number'],
    ['a number of 4 digits', textOfAmara({ from: '1555' }), 'from: is not a phone number'],
    ['a number of 21 digits', textOfAmara({ from: '1'.repeat(21) }), 'from: is not a phone number'],
    ['nobody', textOfAmara({ from: undefined }), 'from: neither a phone number nor'],
    ['a group', textOfAmara({ group_id: 'Y2FwaV9n' }), 'group message'],
    ['a group and no sense', { group_id: 7, id: 'w', timestamp: '1' }, 'group message'],
  ])('is set aside with the reason when it is or has %s', (_what, message, reason) => {
    expect(readInbound(message, place)).toEqual({
      kind: 'aside',
      path: place.path,
      detail: expect.stringContaining(reason) as unknown,
    });
  });

  it('does not show what the sender wrote in the reason', () => {
    const element = readInbound(textOfAmara({ from: 'my secret words', timestamp: 'more' }), place);
    expect(JSON.stringify(element)).not.toMatch(/secret|more/);
  });
});

describe('the notice of a new number', () => {
  const notice = (system: unknown, changed = {}) =>
    readInbound(
      {
        from: '447700900123',
        id: 'wamid.N',
        timestamp: '1795134000',
        type: 'system',
        system,
        ...changed,
      },
      place,
    );

  it('names the person before and after', () => {
    const system = {
      type: 'user_changed_number',
      body: 'User Tom Aldridge changed',
      wa_id: '447700900789',
      user_id: 'GB.99',
      previous_user_id: 'GB.77',
    };
    expect(notice(system)).toMatchObject({
      from: { ...identity, phoneNumber: '447700900123', userId: 'GB.77' },
      changedTo: { ...identity, phoneNumber: '447700900789', userId: 'GB.99' },
      content: { type: 'SYSTEM', kind: 'user_changed_number', body: 'User Tom Aldridge changed' },
    });
  });

  it('names the former user id where the message itself bears the new one', () => {
    const system = { type: 'user_changed_user_id', user_id: 'GB.99', previous_user_id: 'GB.77' };
    expect(notice(system, { from: undefined, from_user_id: 'GB.99' })).toMatchObject({
      from: { phoneNumber: null, userId: 'GB.77' },
      changedTo: { phoneNumber: null, userId: 'GB.99' },
    });
  });

  it('does not call the new user id the former one when that is left out', () => {
    const system = { type: 'user_changed_number', wa_id: '447700900789', user_id: 'GB.99' };
    expect(notice(system, { from_user_id: 'GB.99' })).toMatchObject({
      from: { phoneNumber: '447700900123', userId: null },
      changedTo: { phoneNumber: '447700900789', userId: 'GB.99' },
    });
  });

  it('is known by its older name as well', () => {
    expect(notice({ type: 'customer_changed_number', wa_id: '447700900789' })).toMatchObject({
      changedTo: { phoneNumber: '447700900789', userId: null },
    });
  });

  it.each([
    ['another kind', { type: 'customer_identity_changed', wa_id: '447700900123' }],
    ['nobody new', { type: 'user_changed_number' }],
    ['nonsense for a number', { type: 'user_changed_number', wa_id: 'soon' }],
    ['no kind', { wa_id: '447700900789' }],
  ])('changes nobody when it tells %s', (_what, system) => {
    expect(notice(system)).toMatchObject({ kind: 'inbound', changedTo: null });
  });
});
