import { TestBed } from '@angular/core/testing';
import { Now } from './now';
import { shortTime } from './times';

describe('Now', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    TestBed.resetTestingModule();
    jest.useRealTimers();
  });

  it('turns today into yesterday at midnight, and not later', () => {
    const midnight = new Date(2026, 10, 27).getTime();
    jest.setSystemTime(midnight - 47_123);
    const now = TestBed.inject(Now);
    const written = midnight - 60_000;
    const shown = () => shortTime(written, now.value());
    jest.advanceTimersByTime(47_122);
    expect(shown()).toBe('23:59');
    jest.advanceTimersByTime(1);
    expect(shown()).toBe('Yesterday');
  });

  it('looks at the clock when the page comes to the front again', () => {
    jest.setSystemTime(1_000_000);
    const now = TestBed.inject(Now);
    // Timers of a sleeping machine do not run.
    jest.setSystemTime(9_000_000);
    expect(now.value()).toBe(1_000_000);
    document.dispatchEvent(new Event('visibilitychange'));
    expect(now.value()).toBe(9_000_000);
  });
});
