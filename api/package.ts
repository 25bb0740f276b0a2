import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json, from the sources as from the built files. */
export const packageRoot = rootAbove(dirname(fileURLToPath(import.meta.url)));

export const version = versionIn(readFileSync(join(packageRoot, 'package.json'), 'utf8'));

function rootAbove(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error('package.json is missing beside the program');
  return rootAbove(parent);
}

function versionIn(manifest: string): string {
  const parsed: unknown = JSON.parse(manifest);
  const isNamed = typeof parsed === 'object' && parsed !== null && 'version' in parsed;
  return isNamed && typeof parsed.version === 'string' ? parsed.version : 'unknown';
}
