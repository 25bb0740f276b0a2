import { indexAfterKey } from './list-keys';

const after = (key: string, index: number) =>
  indexAfterKey(key, { count: 100, index, pageRows: 9 });

describe('keys in the list', () => {
  it.each([
    ['ArrowDown', 5, 6],
    ['ArrowDown', 99, 99],
    ['ArrowUp', 5, 4],
    ['ArrowUp', 0, 0],
    ['PageDown', 5, 14],
    ['PageDown', 95, 99],
    ['PageUp', 14, 5],
    ['PageUp', 3, 0],
    ['Home', 50, 0],
    ['End', 50, 99],
  ])('%s leads from %i to %i', (key, from, to) => {
    expect(after(key, from)).toBe(to);
  });

  it.each(['Enter', 'a', 'Tab', 'ArrowLeft'])('leaves %s alone', (key) => {
    expect(after(key, 5)).toBeNull();
  });
});
