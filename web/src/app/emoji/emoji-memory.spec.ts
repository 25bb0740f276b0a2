import { TestBed } from '@angular/core/testing';
import { LocalStore } from '../ui/local-store';
import { EmojiMemory } from './emoji-memory';

function memoryOfPage(): EmojiMemory {
  TestBed.resetTestingModule();
  TestBed.configureTestingModule({
    providers: [{ provide: LocalStore, useFactory: () => new LocalStore() }],
  });
  return TestBed.inject(EmojiMemory);
}

describe('EmojiMemory', () => {
  beforeEach(() => {
    localStorage.clear();
  });

  it('has the last one first, each once, and not too many', () => {
    const before = memoryOfPage();
    for (const emoji of ['👍', '🎉', '👍']) before.took(emoji);
    expect(memoryOfPage().recent()).toEqual(['👍', '🎉']);
    for (let at = 0; at < 40; at += 1) before.took(String.fromCodePoint(0x1f600 + at));
    expect(before.recent()).toHaveLength(27);
    expect(before.recent()[0]).toBe(String.fromCodePoint(0x1f600 + 39));
  });

  it('keeps the colour of skin, and takes none that there is not', () => {
    memoryOfPage().keepTone('🏾');
    expect(memoryOfPage().tone()).toBe('🏾');
    memoryOfPage().keepTone('');
    expect(memoryOfPage().tone()).toBe('');
    new LocalStore().write('emoji.tone', 'x');
    expect(memoryOfPage().tone()).toBe('');
  });

  it('is empty after signing out', () => {
    memoryOfPage().took('👍');
    new LocalStore().clear();
    expect(memoryOfPage().recent()).toEqual([]);
  });
});
