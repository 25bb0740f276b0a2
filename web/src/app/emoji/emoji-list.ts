import list from './emoji-list.json';

/** A kind of emoji, in the order of Unicode; its name is for the code alone. */
export interface EmojiGroup {
  readonly name: string;
  readonly emoji: readonly string[];
}

export const emojiGroups: readonly EmojiGroup[] = list.groups;

/** The yellow one, and the five colours of skin of Unicode. */
export const skinTones: readonly string[] = ['', '🏻', '🏼', '🏽', '🏾', '🏿'];

const toned = new Set(list.toned);

/** The emoji in a colour of skin; unchanged where it has none. */
export function inTone(emoji: string, tone: string): string {
  if (tone === '' || !toned.has(emoji)) return emoji;
  // Everybody in it gets the colour; hands that hold each other have that of their people.
  return emoji.replace(/(?<!\u200d)🤝|(?!🤝)\p{Emoji_Modifier_Base}\ufe0f?/gu, (part) =>
    part.replace('\ufe0f', '').concat(tone),
  );
}
