/** What the place of a conversation in the list follows from. */
export interface Placed {
  readonly id: string;
  readonly lastActivityAt: string;
}

/** Newest activity first; whole seconds, then ids, as the server orders its pages. */
export function compareByActivity(a: Placed, b: Placed): number {
  const [one, other] = [secondOf(a.lastActivityAt), secondOf(b.lastActivityAt)];
  if (one !== other) return one < other ? 1 : -1;
  return a.id < b.id ? 1 : -1;
}

/** `2026-11-26T22:10:04`: times of the server are all in UTC, so that their letters sort as they do. */
function secondOf(at: string): string {
  return at.slice(0, 19);
}
