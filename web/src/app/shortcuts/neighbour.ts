/** The id before or after the open one; the first where none is open, null where the list ends. */
export function neighbourOf(
  ids: readonly string[],
  openId: string | null,
  step: 1 | -1,
): string | null {
  const at = openId === null ? -1 : ids.indexOf(openId);
  if (at === -1) return ids[0] ?? null;
  return ids[at + step] ?? null;
}
