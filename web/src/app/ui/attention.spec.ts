import { TestBed } from '@angular/core/testing';
import { Attention } from './attention';

describe('Attention', () => {
  let hasFocus: jest.SpyInstance<boolean>;
  let visibility: jest.SpyInstance<DocumentVisibilityState>;

  beforeEach(() => {
    hasFocus = jest.spyOn(document, 'hasFocus').mockReturnValue(true);
    visibility = jest.spyOn(document, 'visibilityState', 'get').mockReturnValue('visible');
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('is here while the window is visible and focused', () => {
    expect(TestBed.inject(Attention).isHere()).toBe(true);
  });

  it('is gone when another window gets the focus, and back with it', () => {
    const attention = TestBed.inject(Attention);
    hasFocus.mockReturnValue(false);
    window.dispatchEvent(new Event('blur'));
    expect(attention.isHere()).toBe(false);
    hasFocus.mockReturnValue(true);
    window.dispatchEvent(new Event('focus'));
    expect(attention.isHere()).toBe(true);
  });

  it('is gone while the window is hidden, focused or not', () => {
    const attention = TestBed.inject(Attention);
    visibility.mockReturnValue('hidden');
    document.dispatchEvent(new Event('visibilitychange'));
    expect(attention.isHere()).toBe(false);
  });
});
