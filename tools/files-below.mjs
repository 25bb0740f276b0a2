import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

/** The files of a folder and its folders, in one order everywhere; a file is itself, what is not there is nothing. */
export function filesBelow(place) {
  if (!existsSync(place)) return [];
  if (statSync(place).isFile()) return [place];
  const entries = readdirSync(place, { withFileTypes: true, recursive: true }).filter((entry) =>
    entry.isFile(),
  );
  return entries.map((entry) => path.join(entry.parentPath, entry.name)).sort();
}
