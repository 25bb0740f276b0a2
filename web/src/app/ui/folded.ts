/** Letters without case and accents, emoji without the colour of skin, as the server's search compares them. */
export function folded(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\p{M}\p{Emoji_Modifier}]/gu, '')
    .toLowerCase();
}
