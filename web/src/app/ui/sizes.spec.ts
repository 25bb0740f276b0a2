import { durationClock, fileSize } from './sizes';

describe('fileSize', () => {
  it('takes the unit that fits', () => {
    expect(fileSize(0)).toBe('0 byte');
    expect(fileSize(999)).toBe('999 byte');
    expect(fileSize(1400)).toBe('1.4 kB');
    expect(fileSize(16_000_000)).toBe('16 MB');
    expect(fileSize(5e15)).toContain('GB');
  });
});

describe('durationClock', () => {
  it('writes minutes and two digits of seconds', () => {
    expect(durationClock(5.4)).toBe('0:05');
    expect(durationClock(65)).toBe('1:05');
  });
});
