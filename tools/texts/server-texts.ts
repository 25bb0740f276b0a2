import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { ownFailures } from '../../api/messages/own-failure.ts';
import { permissionMissing, tableOfCodes } from '../../api/whatsapp/error-code-table.ts';

/** What the server says about failed messages. */
export function failureTexts(): readonly string[] {
  const facts = [...tableOfCodes.values(), ...ownFailures, permissionMissing];
  return [...new Set(facts.flatMap(({ title, advice }) => [title, advice]))];
}

/** Whether the server's sources say it: each part of it, where places for values divide it. */
export function isSaidByServer(api: string): (text: string) => boolean {
  const sources = readdirSync(api, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
    .map((file) => readFileSync(path.join(api, file), 'utf8'))
    .join('\n');
  return (text) =>
    text.split(/\{\$\w+\}/u).every((part) => sources.includes(part.trim().replace(/:$/u, '')));
}
