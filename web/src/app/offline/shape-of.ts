/**
 * A short name for what a query brings: what was kept by a build that asked for other fields is none
 * of this one's. FNV-1a, https://www.rfc-editor.org/rfc/rfc9923.
 */
export function shapeOf(query: object): string {
  let hash = 0x811c9dc5;
  for (const letter of JSON.stringify(query)) {
    hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  }
  return (hash >>> 0).toString(36);
}
