/** What WhatsApp takes in one text message. */
export const messageMaxLength = 4096;

/** From here on the composer counts. */
const countFrom = messageMaxLength - 200;

export type LengthNote =
  | { readonly kind: 'fits'; readonly left: number | null }
  | { readonly kind: 'too-long'; readonly over: number; readonly length: number };

export function lengthNote(text: string): LengthNote {
  const length = text.trim().length;
  if (length > messageMaxLength) {
    return { kind: 'too-long', over: length - messageMaxLength, length };
  }
  return { kind: 'fits', left: length < countFrom ? null : messageMaxLength - length };
}
