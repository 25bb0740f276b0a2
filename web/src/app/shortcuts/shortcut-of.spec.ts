import { isTypedInto, shortcutOf } from './shortcut-of';
import type { Pressed } from './shortcut-of';

const reading = { isTyping: false, hasSingleKeys: true };
const typing = { isTyping: true, hasSingleKeys: true };
const press = (key: string, change: Partial<Pressed> = {}): Pressed => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...change,
});

describe('shortcutOf', () => {
  it('knows those with a second key while typing as well', () => {
    expect(shortcutOf(press('k', { ctrlKey: true }), typing)).toBe('search');
    expect(shortcutOf(press('K', { metaKey: true }), typing)).toBe('search');
    expect(shortcutOf(press('e', { ctrlKey: true }), typing)).toBe('emoji');
    expect(shortcutOf(press('ArrowUp', { altKey: true }), typing)).toBe('previous-chat');
    expect(shortcutOf(press('ArrowDown', { altKey: true }), typing)).toBe('next-chat');
    expect(shortcutOf(press('Escape'), typing)).toBe('close');
  });

  it('leaves single keys to a field that is typed into', () => {
    expect(shortcutOf(press('n'), reading)).toBe('new-chat');
    expect(shortcutOf(press('n'), typing)).toBeNull();
    expect(shortcutOf(press('?', { shiftKey: true }), reading)).toBe('help');
    expect(shortcutOf(press('?', { shiftKey: true }), typing)).toBeNull();
  });

  it('leaves single keys alone where they are switched off', () => {
    const without = { isTyping: false, hasSingleKeys: false };
    expect(shortcutOf(press('n'), without)).toBeNull();
    expect(shortcutOf(press('?'), without)).toBeNull();
    expect(shortcutOf(press('Escape'), without)).toBe('close');
  });

  it('goes by the place of the key where it writes other letters', () => {
    expect(shortcutOf(press('ى', { code: 'KeyN' }), reading)).toBe('new-chat');
    expect(shortcutOf(press('ن', { code: 'KeyK', ctrlKey: true }), reading)).toBe('search');
    expect(shortcutOf(press('؟', { shiftKey: true }), reading)).toBe('help');
    // On Dvorak, that key writes a b.
    expect(shortcutOf(press('b', { code: 'KeyN' }), reading)).toBeNull();
  });

  it('leaves what belongs to the browser', () => {
    expect(shortcutOf(press('n', { ctrlKey: true }), reading)).toBeNull();
    expect(shortcutOf(press('k', { ctrlKey: true, shiftKey: true }), reading)).toBeNull();
    expect(shortcutOf(press('ArrowUp', { altKey: true, ctrlKey: true }), reading)).toBeNull();
    expect(shortcutOf(press('ArrowUp'), reading)).toBeNull();
  });
});

describe('isTypedInto', () => {
  it('is so for fields', () => {
    expect(isTypedInto(document.createElement('textarea'))).toBe(true);
    expect(isTypedInto(document.createElement('select'))).toBe(true);
    expect(isTypedInto(document.createElement('button'))).toBe(false);
    expect(isTypedInto(null)).toBe(false);
  });
});
