import { emojiGroups } from './emoji-list';

/** What the picker shows at a time, and the emoji that stands for it; none for those taken last. */
export interface EmojiKind {
  readonly name: string;
  readonly title: string;
  readonly sign: string | null;
}

/** Known from other pickers, where the first of the kind is not. */
const signs = new Map([
  ['nature', '🐻'],
  ['food', '🍔'],
  ['travel', '🚗'],
  ['activities', '⚽'],
  ['objects', '💡'],
  ['symbols', '🔣'],
  ['flags', '🏁'],
]);

/** In the order of their tabs. */
export function emojiKinds(hasRecent: boolean): readonly EmojiKind[] {
  const recent = { name: 'recent', title: $localize`Recently used`, sign: null };
  const groups = emojiGroups.map(({ name, emoji }) => ({
    name,
    title: titleOf(name),
    sign: signs.get(name) ?? emoji[0] ?? null,
  }));
  return hasRecent ? [recent, ...groups] : groups;
}

function titleOf(name: string): string {
  switch (name) {
    case 'smileys':
      return $localize`Smileys`;
    case 'people':
      return $localize`People`;
    case 'nature':
      return $localize`Animals and nature`;
    case 'food':
      return $localize`Food and drink`;
    case 'travel':
      return $localize`Travel and places`;
    case 'activities':
      return $localize`Activities`;
    case 'objects':
      return $localize`Objects`;
    case 'symbols':
      return $localize`Symbols`;
    case 'flags':
      return $localize`Flags`;
    default:
      return name;
  }
}
