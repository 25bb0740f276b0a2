/** What the place of a conversation in the list follows from. */
export interface Placed {
  readonly id: string;
  readonly lastActivityAt: string;
}

/** Newest activity first; whole seconds, then ids, as the server orders its pages. */
export function compareByActivity(a: Placed, b: Placed): number {
  const seconds = secondOf(b.lastActivityAt) - secondOf(a.lastActivityAt);
  if (seconds !== 0) return seconds;
  return a.id < b.id ? 1 : -1;
}

function secondOf(at: string): number {
  return Math.floor(Date.parse(at) / 1000);
}
