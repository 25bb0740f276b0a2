import { trustedId } from '../ids.ts';
import type { Contact, Identity } from './contact.ts';
import { changeNumber, resolveContact } from './resolve-contact.ts';

const amara = '15555550142';
const tom = '447700900123';

function contact(id: string, known: Partial<Contact>): Contact {
  return { id: trustedId('cnt', id), ...nothingKnown, ...known };
}

const nothingKnown = {
  phoneNumber: null,
  userId: null,
  username: null,
  profileName: null,
  phoneNumberSince: null,
  profileSince: null,
};

function identity(told: Partial<Identity>): Identity {
  return { phoneNumber: null, userId: null, username: null, profileName: null, ...told };
}

const unknown = { byPhone: null, byUserId: null };

describe('resolveContact', () => {
  it('makes a contact of somebody who is not known', () => {
    const told = identity({ phoneNumber: amara, profileName: 'Amara Okafor' });
    expect(resolveContact(told, 10, unknown)).toEqual({
      kind: 'create',
      contact: {
        ...nothingKnown,
        phoneNumber: amara,
        phoneNumberSince: 10,
        profileName: 'Amara Okafor',
        profileSince: 10,
      },
      takePhoneFrom: null,
    });
  });

  it('adds the user id to somebody known by number', () => {
    const byPhone = contact('a', { phoneNumber: amara, phoneNumberSince: 5 });
    const told = identity({ phoneNumber: amara, userId: 'US.1' });
    expect(resolveContact(told, 10, { byPhone, byUserId: null })).toEqual({
      kind: 'update',
      contact: { ...byPhone, userId: 'US.1', phoneNumberSince: 10 },
      takePhoneFrom: null,
    });
  });

  it('adds the number to somebody known by user id', () => {
    const byUserId = contact('a', { userId: 'US.1' });
    const told = identity({ phoneNumber: amara, userId: 'US.1' });
    expect(resolveContact(told, 10, { byPhone: null, byUserId })).toMatchObject({
      kind: 'update',
      contact: { id: 'a', phoneNumber: amara, userId: 'US.1' },
    });
  });

  it.each([
    ['the number', 'a', 'b'],
    ['the user id', 'b', 'a'],
  ])(
    'joins two who turn out to be one; the older goes on (%s came first)',
    (_, phoneId, userId) => {
      const byPhone = contact(phoneId, { phoneNumber: amara, phoneNumberSince: 5 });
      const byUserId = contact(userId, { userId: 'US.1', profileName: 'Amara', profileSince: 4 });
      const told = identity({ phoneNumber: amara, userId: 'US.1' });
      expect(resolveContact(told, 10, { byPhone, byUserId })).toMatchObject({
        kind: 'join',
        contact: { id: 'a', phoneNumber: amara, userId: 'US.1', profileName: 'Amara' },
        absorbed: { id: 'b' },
      });
    },
  );

  it('keeps the newer name and the newer number of two that are joined', () => {
    const byPhone = contact('a', {
      phoneNumber: amara,
      phoneNumberSince: 5,
      profileName: 'Old',
      profileSince: 5,
    });
    const byUserId = contact('b', {
      userId: 'US.1',
      phoneNumber: '15555550199',
      phoneNumberSince: 9,
      profileName: 'New',
      profileSince: 9,
    });
    const told = identity({ phoneNumber: amara, userId: 'US.1' });
    const { contact: joined } = resolveContact(told, 3, { byPhone, byUserId });
    expect(joined).toMatchObject({ phoneNumber: '15555550199', profileName: 'New' });
  });

  it('never joins two who both have a user id: a newer message hands the number over', () => {
    const former = contact('a', { phoneNumber: amara, userId: 'US.1', phoneNumberSince: 5 });
    const owner = contact('b', { userId: 'US.2' });
    const told = identity({ phoneNumber: amara, userId: 'US.2' });
    const known = { byPhone: former, byUserId: owner };
    expect(resolveContact(told, 10, known)).toMatchObject({
      kind: 'update',
      contact: { id: 'b', phoneNumber: amara },
      takePhoneFrom: { id: 'a' },
    });
    expect(resolveContact(told, 4, known)).toMatchObject({
      kind: 'update',
      contact: { id: 'b', phoneNumber: null },
      takePhoneFrom: null,
    });
  });

  it('makes a new contact of an unknown user id that comes with a known number', () => {
    const former = contact('a', { phoneNumber: amara, userId: 'US.1', phoneNumberSince: 5 });
    const told = identity({ phoneNumber: amara, userId: 'US.2' });
    const known = { byPhone: former, byUserId: null };
    expect(resolveContact(told, 10, known)).toMatchObject({
      kind: 'create',
      contact: { phoneNumber: amara, userId: 'US.2' },
      takePhoneFrom: { id: 'a' },
    });
    expect(resolveContact(told, 4, known)).toMatchObject({
      kind: 'create',
      contact: { phoneNumber: null, userId: 'US.2' },
      takePhoneFrom: null,
    });
  });

  it('does not take the later owner of a former number for the one who had it', () => {
    const moved = contact('a', { phoneNumber: tom, phoneNumberSince: 8 });
    const owner = contact('b', { userId: 'US.2' });
    const told = identity({ phoneNumber: amara, userId: 'US.2' });
    expect(resolveContact(told, 10, { byPhone: moved, byUserId: owner })).toMatchObject({
      kind: 'update',
      contact: { id: 'b', phoneNumber: amara },
      takePhoneFrom: { id: 'a' },
    });
    expect(resolveContact(told, 10, { byPhone: moved, byUserId: null })).toMatchObject({
      kind: 'create',
      takePhoneFrom: { id: 'a' },
    });
  });

  it('knows them by a former number in a message from before they changed it', () => {
    const moved = contact('a', { phoneNumber: tom, phoneNumberSince: 8 });
    const told = identity({ phoneNumber: amara, userId: 'US.1' });
    expect(resolveContact(told, 6, { byPhone: moved, byUserId: null })).toMatchObject({
      kind: 'update',
      contact: { id: 'a', phoneNumber: tom, userId: 'US.1' },
    });
  });

  it('keeps the newest name, whatever comes first', () => {
    const known = contact('a', { phoneNumber: amara, profileName: 'New', profileSince: 10 });
    const late = identity({ phoneNumber: amara, profileName: 'Old', username: 'amara' });
    expect(resolveContact(late, 5, { byPhone: known, byUserId: null }).contact).toMatchObject({
      profileName: 'New',
      username: 'amara',
      profileSince: 10,
    });
    expect(resolveContact(late, 15, { byPhone: known, byUserId: null }).contact).toMatchObject({
      profileName: 'Old',
      profileSince: 15,
    });
  });

  it('does not forget a name because a later message brings none', () => {
    const known = contact('a', { phoneNumber: amara, profileName: 'Amara', profileSince: 1 });
    const told = identity({ phoneNumber: amara });
    expect(resolveContact(told, 5, { byPhone: known, byUserId: null }).contact).toMatchObject({
      profileName: 'Amara',
      profileSince: 1,
    });
  });

  it('ends in the same place when the same payload comes again', () => {
    const told = identity({ phoneNumber: amara, userId: 'US.1', profileName: 'Amara' });
    const { contact: first } = resolveContact(told, 10, unknown);
    const stored = { ...first, id: trustedId('cnt', 'a') };
    const again = resolveContact(told, 10, { byPhone: stored, byUserId: stored });
    expect(again).toEqual({ kind: 'update', contact: stored, takePhoneFrom: null });
  });
});

describe('changeNumber', () => {
  const before = contact('a', { phoneNumber: amara, userId: 'US.1', phoneNumberSince: 5 });
  const next = identity({ phoneNumber: tom, userId: 'GB.1' });

  it('takes on the new number and user id', () => {
    expect(changeNumber(before, next, { at: 10, known: unknown })).toEqual({
      ...before,
      phoneNumber: tom,
      userId: 'GB.1',
      phoneNumberSince: 10,
    });
  });

  it('keeps what the notice does not name', () => {
    const onlyNumber = identity({ phoneNumber: tom });
    expect(changeNumber(before, onlyNumber, { at: 10, known: unknown })).toMatchObject({
      phoneNumber: tom,
      userId: 'US.1',
    });
  });

  it('never makes one of two known people', () => {
    const other = contact('b', { phoneNumber: tom });
    expect(changeNumber(before, next, { at: 10, known: { byPhone: other, byUserId: null } })).toBe(
      null,
    );
    expect(changeNumber(before, next, { at: 10, known: { byPhone: null, byUserId: other } })).toBe(
      null,
    );
  });

  it('passes over a notice that is older than the present number', () => {
    expect(changeNumber(before, next, { at: 4, known: unknown })).toBe(null);
  });

  it('applies again to the one who has changed already', () => {
    const after = { ...before, phoneNumber: tom, userId: 'GB.1', phoneNumberSince: 10 };
    expect(
      changeNumber(after, next, { at: 10, known: { byPhone: after, byUserId: after } }),
    ).toEqual(after);
  });
});
