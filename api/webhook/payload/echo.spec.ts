import { readEcho } from './echo.ts';
import { readPeople } from './people.ts';

const place = {
  path: 'entry[0].changes[0].value.message_echoes[0]',
  business: { phoneNumberId: '331190077250416', displayPhoneNumber: '15555550100' },
  people: readPeople(undefined),
};
const echo = {
  from: '15555550100',
  to: '15555550142',
  to_user_id: 'US.1',
  id: 'wamid.E',
  timestamp: 1_795_135_850,
  type: 'text',
  text: { body: 'See you at noon' },
};

describe('an echo of what our side sent from the phone app', () => {
  it('is for the customer, not from them', () => {
    expect(readEcho(echo, place)).toEqual({
      kind: 'echo',
      path: place.path,
      business: place.business,
      to: { phoneNumber: '15555550142', userId: 'US.1', username: null, profileName: null },
      wamid: 'wamid.E',
      timestamp: 1_795_135_850_000,
      content: { type: 'TEXT', body: 'See you at noon' },
      replyToWamid: null,
    });
  });

  it('may name the customer by user id alone', () => {
    expect(readEcho({ ...echo, to: undefined }, place)).toMatchObject({
      kind: 'echo',
      to: { phoneNumber: null, userId: 'US.1' },
    });
  });

  it('of a deletion quotes the message that is gone', () => {
    const revoke = { original_message_id: 'wamid.OLD' };
    expect(readEcho({ ...echo, type: 'revoke', revoke }, place)).toMatchObject({
      content: { type: 'SYSTEM', kind: 'revoke' },
      replyToWamid: 'wamid.OLD',
    });
  });

  it.each([
    ['nobody', { to: undefined, to_user_id: undefined }, 'to: neither a phone number nor'],
    ['words for a number', { to: 'Amara' }, 'to: is not a phone number'],
    ['a group', { group_id: 'Y2FwaV9n' }, 'group message'],
    ['no id', { id: undefined }, 'id: '],
  ])('is set aside when it is for or has %s', (_what, changed, reason) => {
    expect(readEcho({ ...echo, ...changed }, place)).toEqual({
      kind: 'aside',
      path: place.path,
      detail: expect.stringContaining(reason) as unknown,
    });
  });
});
