import { neighbourOf } from './neighbour';

describe('neighbourOf', () => {
  const ids = ['a', 'b', 'c'];

  it('goes up and down, and no further than the ends', () => {
    expect(neighbourOf(ids, 'b', 1)).toBe('c');
    expect(neighbourOf(ids, 'b', -1)).toBe('a');
    expect(neighbourOf(ids, 'c', 1)).toBeNull();
    expect(neighbourOf(ids, 'a', -1)).toBeNull();
  });

  it('begins with the first where none of the list is open', () => {
    expect(neighbourOf(ids, null, 1)).toBe('a');
    expect(neighbourOf(ids, 'z', -1)).toBe('a');
    expect(neighbourOf([], null, 1)).toBeNull();
  });
});
