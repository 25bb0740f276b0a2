// A flag, a keycap, or a picture; not the signs that are written in line with text.
const emoji = /^(?:\p{RI}{2}|[\d#*]\ufe0f?\u20e3|(?![©®™‼⁉ℹ])\p{Extended_Pictographic})/u;

/** More than this are drawn as text. */
const mostEmoji = 3;
/** The longest emoji have eleven code points, families of four among them. */
const longestText = mostEmoji * 32;

/** How many emoji a message consists of, 1 to 3; 0 when it holds anything else. */
export function emojiCount(text: string): 0 | 1 | 2 | 3 {
  const written = text.trim();
  // Older Firefox has no segmenter; what cannot be counted is text.
  if (written === '' || written.length > longestText || !('Segmenter' in Intl)) return 0;
  const letters = Array.from(
    new Intl.Segmenter().segment(written),
    ({ segment }) => segment,
  ).filter((letter) => letter.trim() !== '');
  if (!letters.every((letter) => emoji.test(letter))) return 0;
  const [first, second, third, more] = letters;
  if (first === undefined || more !== undefined) return 0;
  return second === undefined ? 1 : third === undefined ? 2 : 3;
}
