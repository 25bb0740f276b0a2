export interface Key {
  readonly sign: string;
  /** What a screen reader says for a sign that is no word. */
  readonly name: string | null;
}

export interface ShortcutRow {
  readonly what: string;
  /** Pressed together. */
  readonly keys: readonly Key[];
}

/** What the help says, in the words that are on the keys. */
export function shortcutRows(isApple: boolean): readonly ShortcutRow[] {
  const command = isApple ? named('⌘', $localize`Command`) : key($localize`Ctrl`);
  const alt = isApple ? named('⌥', $localize`Option`) : key($localize`Alt`);
  const enter = key($localize`Enter`);
  return [
    { what: $localize`Search`, keys: [command, key('K')] },
    { what: $localize`New chat`, keys: [key('N')] },
    { what: $localize`Previous chat`, keys: [alt, named('↑', $localize`Arrow up`)] },
    { what: $localize`Next chat`, keys: [alt, named('↓', $localize`Arrow down`)] },
    { what: $localize`Close the chat`, keys: [key($localize`Esc`)] },
    { what: $localize`Send the message`, keys: [enter] },
    { what: $localize`New line in the message`, keys: [key($localize`Shift`), enter] },
    {
      what: $localize`Bring back the last message that was not sent, in an empty field`,
      keys: [named('↑', $localize`Arrow up`)],
    },
    { what: $localize`Emoji`, keys: [command, key('E')] },
    { what: $localize`Show this list`, keys: [key('?')] },
  ];
}

function key(sign: string): Key {
  return { sign, name: null };
}

function named(sign: string, name: string): Key {
  return { sign, name };
}
