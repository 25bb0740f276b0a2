/** 128 random bits as hexadecimal. `crypto.randomUUID` is missing where a page is served over plain HTTP. */
export function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}
