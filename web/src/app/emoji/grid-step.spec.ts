import { gridStep } from './grid-step';

// 0 1 2 3
// 4 5 6 7
// 8 9
const step = (key: string, at: number, isRightToLeft = false): number | null =>
  gridStep(key, { at, count: 10, columns: 4, isRightToLeft });

describe('gridStep', () => {
  it('goes along the rows and over their ends', () => {
    expect(step('ArrowRight', 3)).toBe(4);
    expect(step('ArrowLeft', 4)).toBe(3);
    expect(step('ArrowLeft', 0)).toBe(0);
    expect(step('ArrowRight', 9)).toBe(9);
  });

  it('goes the other way where one writes from right to left', () => {
    expect(step('ArrowRight', 4, true)).toBe(3);
    expect(step('ArrowLeft', 3, true)).toBe(4);
  });

  it('goes up and down, into a last row that is shorter, too', () => {
    expect(step('ArrowUp', 6)).toBe(2);
    expect(step('ArrowUp', 2)).toBe(2);
    expect(step('ArrowDown', 1)).toBe(5);
    expect(step('ArrowDown', 7)).toBe(9);
    expect(step('ArrowDown', 9)).toBe(9);
  });

  it('goes to both ends, and nowhere for other keys', () => {
    expect(step('Home', 6)).toBe(0);
    expect(step('End', 6)).toBe(9);
    expect(step('a', 6)).toBeNull();
  });
});
