import { lengthNote } from './message-length';

describe('lengthNote', () => {
  it('counts only near the limit', () => {
    expect(lengthNote('hello')).toEqual({ kind: 'fits', left: null });
    expect(lengthNote('x'.repeat(4000))).toEqual({ kind: 'fits', left: 96 });
    expect(lengthNote('x'.repeat(4096))).toEqual({ kind: 'fits', left: 0 });
  });

  it('tells how much is too long', () => {
    expect(lengthNote('x'.repeat(4099))).toEqual({
      kind: 'too-long',
      over: 3,
      length: 4099,
    });
  });

  it('leaves out the space around, which is not sent', () => {
    expect(lengthNote(` ${'x'.repeat(4096)}\n`)).toEqual({ kind: 'fits', left: 0 });
  });
});
