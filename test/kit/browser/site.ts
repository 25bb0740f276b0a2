import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** The built app. */
export const builtSite = join(import.meta.dirname, '..', '..', '..', 'dist', 'web');

/** The file of the part that is loaded later and has this in it, as an address for a browser's routes. */
export async function partWith(text: string, site = builtSite): Promise<string> {
  const parts = (await readdir(site)).filter((name) => /^chunk-.*\.js$/.test(name));
  for (const part of parts)
    if ((await readFile(join(site, part), 'utf8')).includes(text)) return `**/${part}`;
  throw new Error(`No part has "${text}" in it.`);
}
