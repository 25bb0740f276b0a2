import { displayNameOf } from './contact.ts';

const nobody = { phoneNumber: null, userId: null, username: null, profileName: null };

describe('displayNameOf', () => {
  it('shows the name they gave themselves before all else', () => {
    const tom = {
      phoneNumber: '447700900123',
      userId: 'GB.1',
      username: 'tom',
      profileName: 'Tom Aldridge',
    };
    expect(displayNameOf(tom)).toBe('Tom Aldridge');
  });

  it('shows the username, then the number, where there is no name', () => {
    expect(displayNameOf({ ...nobody, username: 'tom', phoneNumber: '447700900123' })).toBe('@tom');
    expect(displayNameOf({ ...nobody, phoneNumber: '447700900123' })).toBe('+447700900123');
  });

  it('does not take a blank for a name', () => {
    expect(displayNameOf({ ...nobody, profileName: ' \u00a0', phoneNumber: '33639981234' })).toBe(
      '+33639981234',
    );
  });

  it('says so when nothing is known', () => {
    expect(displayNameOf({ ...nobody, userId: 'GB.1' })).toBe('Unknown contact');
  });
});
