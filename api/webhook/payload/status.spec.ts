import { readPeople } from './people.ts';
import { readStatus } from './status.ts';

const place = {
  path: 'entry[0].changes[0].value.statuses[0]',
  business: { phoneNumberId: '331190077250416', displayPhoneNumber: '15555550100' },
  people: readPeople([
    { profile: { name: 'Amara Okafor' }, wa_id: '15555550142', user_id: 'US.1' },
  ]),
};
const status = {
  id: 'wamid.OUT',
  status: 'delivered',
  timestamp: '1795133102',
  recipient_id: '15555550142',
  recipient_user_id: 'US.1',
};
const messageId = 'msg_01JDN8Z3K4ABCDEFGHJKMNPQRS';

describe('a status', () => {
  it('says how far a message has come, and to whom', () => {
    expect(readStatus(status, place)).toEqual({
      kind: 'status',
      path: place.path,
      business: place.business,
      wamid: 'wamid.OUT',
      report: { status: 'DELIVERED', at: 1_795_133_102_000, failure: null },
      recipient: {
        phoneNumber: '15555550142',
        userId: 'US.1',
        username: null,
        profileName: 'Amara Okafor',
      },
      attemptOf: null,
    });
  });

  it.each([
    ['sent', 'SENT'],
    ['delivered', 'DELIVERED'],
    ['read', 'READ'],
    ['played', 'READ'],
    ['failed', 'FAILED'],
  ])('%s is %s', (given, expected) => {
    expect(readStatus({ ...status, status: given }, place)).toMatchObject({
      report: { status: expected },
    });
  });

  it.each([['deleted'], ['warning'], ['READ'], ['__proto__'], ['']])(
    'that we do not know is kept: %j',
    (given) => {
      expect(readStatus({ ...status, status: given }, place)).toEqual({
        kind: 'keep',
        path: place.path,
        detail: `status "${given}" changes nothing`,
      });
    },
  );

  it.each([
    ['the number', { recipient_id: undefined }],
    ['the user id', { recipient_user_id: undefined }],
    ['sense in the number', { recipient_id: 'group' }],
    ['both', { recipient_id: undefined, recipient_user_id: undefined }],
  ])('joins nobody where it lacks %s', (_what, changed) => {
    expect(readStatus({ ...status, ...changed }, place)).toMatchObject({
      kind: 'status',
      recipient: null,
    });
  });

  it.each([
    [messageId, { messageId, attempt: 1 }],
    [`${messageId}#1`, { messageId, attempt: 1 }],
    [`${messageId}#12`, { messageId, attempt: 12 }],
    [`${messageId}#`, null],
    [`${messageId}#x`, null],
    [`${messageId}#1234567`, null],
    [`${messageId} `, null],
    ['cnv_01JDN8Z3K4ABCDEFGHJKMNPQRS', null],
    ['local-msg-0001', null],
    ['', null],
    [7, null],
    [undefined, null],
  ])('finds our attempt in the callback data %j', (data, expected) => {
    const found = readStatus({ ...status, biz_opaque_callback_data: data }, place);
    expect(found).toMatchObject({ kind: 'status', attemptOf: expected });
  });

  it.each([
    [
      [{ code: 131047, title: 'Re-engagement message', error_data: { details: 'Window closed' } }],
      { code: 131047, title: 'Re-engagement message', details: 'Window closed' },
    ],
    [
      [{ code: '131026', message: 'Undeliverable' }],
      { code: 131026, title: 'Undeliverable', details: null },
    ],
    [[{ code: 2 ** 31 }], { code: null, title: 'WhatsApp gave no reason', details: null }],
    [[{ code: {} }], { code: null, title: 'WhatsApp gave no reason', details: null }],
    [[null, { code: 1, title: 'First' }], { code: 1, title: 'First', details: null }],
    [[], null],
    ['failed', null],
    [undefined, null],
  ])('carries the reason of a failure: %j', (errors, failure) => {
    expect(readStatus({ ...status, status: 'failed', errors }, place)).toMatchObject({
      kind: 'status',
      report: { status: 'FAILED', failure },
    });
  });

  it.each([
    ['no id', { id: undefined }, 'id: '],
    ['no status', { status: undefined }, 'status: '],
    ['no time', { timestamp: 'later' }, 'timestamp: is not a time'],
    ['a group', { recipient_type: 'group', recipient_id: 'Y2FwaV9n' }, 'group message'],
  ])('is set aside when it has %s', (_what, changed, reason) => {
    expect(readStatus({ ...status, ...changed }, place)).toEqual({
      kind: 'aside',
      path: place.path,
      detail: expect.stringContaining(reason) as unknown,
    });
  });

  it.each([['delivered'], [null], [7], [[]]])('is set aside when it is %j', (value) => {
    expect(readStatus(value, place)).toMatchObject({ kind: 'aside' });
  });
});
