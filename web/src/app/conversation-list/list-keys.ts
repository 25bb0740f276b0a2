/** Where a key leads in a list of `count` rows; null for a key that does not move. */
export function indexAfterKey(
  key: string,
  {
    count,
    index,
    pageRows,
  }: { readonly count: number; readonly index: number; readonly pageRows: number },
): number | null {
  const last = count - 1;
  switch (key) {
    case 'ArrowDown':
      return Math.min(index + 1, last);
    case 'ArrowUp':
      return Math.max(index - 1, 0);
    case 'PageDown':
      return Math.min(index + pageRows, last);
    case 'PageUp':
      return Math.max(index - pageRows, 0);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}
