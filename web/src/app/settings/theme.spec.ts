import { TestBed } from '@angular/core/testing';
import { Theme } from './theme';

const root = document.documentElement;
const colours = (): readonly string[] =>
  [...document.querySelectorAll('meta')].map((meta) => meta.media);

describe('Theme', () => {
  beforeEach(() => {
    localStorage.clear();
    document.head.innerHTML = ['light', 'dark']
      .map((scheme) => `<meta name="theme-color" data-scheme="${scheme}">`)
      .join('');
  });
  afterEach(() => {
    TestBed.inject(Theme).choose('system');
    document.head.innerHTML = '';
  });

  it('is that of the system until a person chooses', () => {
    expect(TestBed.inject(Theme).current()).toBe('system');
    expect(root.dataset['theme']).toBeUndefined();
  });

  it('applies a choice at once, to the colours of the browser as well', () => {
    TestBed.inject(Theme).choose('dark');
    expect(root.dataset['theme']).toBe('dark');
    expect(colours()).toEqual(['not all', 'all']);
  });

  it('remembers the choice', () => {
    TestBed.inject(Theme).choose('light');
    TestBed.resetTestingModule();
    expect(TestBed.inject(Theme).current()).toBe('light');
  });

  it('goes back to the system', () => {
    const theme = TestBed.inject(Theme);
    theme.choose('dark');
    theme.choose('system');
    expect(root.dataset['theme']).toBeUndefined();
    expect(localStorage).toHaveLength(0);
    expect(colours()).toEqual(['(prefers-color-scheme: light)', '(prefers-color-scheme: dark)']);
  });

  it('takes what it does not know for no choice', () => {
    localStorage.setItem('prefers.theme', 'sepia');
    expect(TestBed.inject(Theme).current()).toBe('system');
  });
});
