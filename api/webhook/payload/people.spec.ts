import { readPeople } from './people.ts';

const amara = { profile: { name: 'Amara Okafor' }, wa_id: '15555550142', user_id: 'US.1' };
const kiri = { profile: { name: 'Kiri Walker', username: 'kiri.w' }, user_id: 'AU.2' };
const nobody = { username: null, profileName: null };

describe('the people named by a delivery', () => {
  it('are found by number or by user id, wherever they stand', () => {
    const people = readPeople([kiri, amara]);
    const whole = {
      phoneNumber: '15555550142',
      userId: 'US.1',
      username: null,
      profileName: 'Amara Okafor',
    };
    expect(people.complete({ phoneNumber: '15555550142', userId: null })).toEqual(whole);
    expect(people.complete({ phoneNumber: null, userId: 'US.1' })).toEqual(whole);
    expect(people.complete({ phoneNumber: null, userId: 'AU.2' })).toEqual({
      phoneNumber: null,
      userId: 'AU.2',
      username: 'kiri.w',
      profileName: 'Kiri Walker',
    });
  });

  it('may have a plus before the number', () => {
    const people = readPeople([{ ...amara, wa_id: '+15555550142' }]);
    expect(people.complete({ phoneNumber: '15555550142', userId: null })).toMatchObject({
      profileName: 'Amara Okafor',
    });
  });

  it('are left alone when number and user id speak of two', () => {
    const told = { phoneNumber: '15555550142', userId: 'AU.9' };
    expect(readPeople([amara]).complete(told)).toEqual({ ...told, ...nobody });
  });

  it('are found by user id first when the number is in the entry of somebody else', () => {
    const told = { phoneNumber: '15555550142', userId: 'AU.2' };
    expect(readPeople([amara, kiri]).complete(told)).toMatchObject({
      ...told,
      profileName: 'Kiri Walker',
    });
  });

  it.each([
    [undefined],
    [null],
    ['contacts'],
    [{}],
    [[]],
    [[null, 7, 'Amara', {}, { profile: null, wa_id: 15555550142, user_id: '' }]],
  ])('may be missing or make no sense: %j', (contacts) => {
    const told = { phoneNumber: '15555550142', userId: null };
    expect(readPeople(contacts).complete(told)).toEqual({ ...told, ...nobody });
  });

  it.each([[''], ['  '], [null], [7]])('have no name when it is %j', (name) => {
    const people = readPeople([{ ...amara, profile: { name } }]);
    expect(people.complete({ phoneNumber: '15555550142', userId: null }).profileName).toBeNull();
  });
});
