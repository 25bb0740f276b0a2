export type Shortcut =
  'search' | 'previous-chat' | 'next-chat' | 'new-chat' | 'emoji' | 'help' | 'close';

export interface Pressed {
  readonly key: string;
  /** Where the key is, whatever letter it writes. */
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

export interface Situation {
  /** The key writes into a field. */
  readonly isTyping: boolean;
  /** Keys that work without another one: who speaks to the computer can switch them off. */
  readonly hasSingleKeys: boolean;
}

/** What a key is short for; null for all that the browser or a field does with it. */
export function shortcutOf(
  pressed: Pressed,
  { isTyping, hasSingleKeys }: Situation,
): Shortcut | null {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = pressed;
  if (altKey) {
    if (ctrlKey || metaKey || shiftKey) return null;
    if (key === 'ArrowUp') return 'previous-chat';
    return key === 'ArrowDown' ? 'next-chat' : null;
  }
  if (ctrlKey || metaKey) {
    if (ctrlKey === metaKey || shiftKey) return null;
    if (isLetter(pressed, 'k')) return 'search';
    return isLetter(pressed, 'e') ? 'emoji' : null;
  }
  if (key === 'Escape') return shiftKey ? null : 'close';
  if (isTyping || !hasSingleKeys) return null;
  if (key === '?' || key === '؟') return 'help';
  return isLetter(pressed, 'n') && !shiftKey ? 'new-chat' : null;
}

/** On a keyboard with other letters, the key at that place. */
function isLetter({ key, code }: Pressed, letter: string): boolean {
  const isLatin = /^[a-z]$/iu.test(key);
  return isLatin ? key.toLowerCase() === letter : code === `Key${letter.toUpperCase()}`;
}

/** Whether a key that is pressed there writes something. */
export function isTypedInto(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches('input, textarea, select');
}
