import { of } from 'rxjs';
import { PreloadAfterStart } from './preload-after-start';

describe('PreloadAfterStart', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('loads a part by itself, once the start is over', () => {
    const load = jest.fn(() => of('the part'));
    const loaded: unknown[] = [];
    new PreloadAfterStart().preload({}, load).subscribe((part) => loaded.push(part));
    jest.advanceTimersByTime(1_000);
    expect(load).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1_000);
    expect(load).toHaveBeenCalledTimes(1);
    expect(loaded).toEqual(['the part']);
  });
});
