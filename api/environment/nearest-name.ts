/** The name that `typed` was probably meant to be, or null when none is near. */
export function nearestName(typed: string, names: readonly string[]): string | null {
  const [nearest] = names
    .map((name) => ({ name, distance: distanceBetween(typed, name) }))
    .sort((a, b) => a.distance - b.distance);
  // A third of the letters wrong is no slip any more.
  return nearest !== undefined && nearest.distance <= typed.length / 3 ? nearest.name : null;
}

/** Levenshtein's: how many letters have to be added, removed or replaced. */
function distanceBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (const [above, letter] of Array.from(a).entries()) {
    const next = [above + 1];
    for (const [column, other] of Array.from(b).entries()) {
      const replaced = (row[column] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
