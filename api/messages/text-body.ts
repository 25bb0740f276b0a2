const maxTextLength = 4_096; // UTF-16 units; https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/text-messages

/**
 * The text as it can be stored and sent: half emoji (lone surrogates) become U+FFFD, and NUL, which
 * stores and phones cut texts at, is left out. Nothing else is touched.
 */
export function cleanText(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8').replaceAll('\0', '');
}

/** What is wrong with a cleaned text, and what to do; null when it can be sent. */
export function textProblem(text: string): string | null {
  if (text === '') return 'Write a text of 1 to 4096 characters.';
  if (!hasVisibleCharacter(text)) {
    return 'This text is empty to the eye: it has nothing but spaces or invisible characters. Write something.';
  }
  if (text.length > maxTextLength) {
    return `This text is too long: it has ${text.length} characters, ${maxTextLength} are allowed. Send it in parts. (An emoji counts as 2 or more.)`;
  }
  return null;
}

// U+2800 is the empty Braille pattern: drawn, as nothing.
const invisible = /[\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Control}\p{Format}\u2800]/u;

function hasVisibleCharacter(text: string): boolean {
  for (const character of text) {
    if (!invisible.test(character)) return true;
  }
  return false;
}
