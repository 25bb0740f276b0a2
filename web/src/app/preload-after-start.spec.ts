import { of, throwError } from 'rxjs';
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

  it('leaves a part that cannot be had for when it is opened', () => {
    const ends: string[] = [];
    new PreloadAfterStart()
      .preload({}, () => throwError(() => new TypeError('Failed to fetch')))
      .subscribe({ complete: () => ends.push('complete'), error: () => ends.push('error') });
    jest.advanceTimersByTime(1_500);
    expect(ends).toEqual(['complete']);
  });
});
