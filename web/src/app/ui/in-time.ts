/** What the work comes to; null where it takes longer. */
export function inTime<T>(work: Promise<T>, withinMs: number): Promise<T | null> {
  const late = new Promise<null>((resolve) => setTimeout(resolve, withinMs, null));
  return Promise.race([work, late]);
}
