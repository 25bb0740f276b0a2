// Compares what the app and the server say with the files of the languages in web/src/locale.
// usage: npm run texts              adds what is missing there, with an empty translation, and takes out what is not used
//        npm run texts -- --check   only says what is missing, not used or wrong; fails if there is anything
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { appTexts } from './texts/app-texts.mjs';
import { problemsOf, problemsOfText } from './texts/problems.ts';
import { failureTexts, isSaidByServer } from './texts/server-texts.ts';

const root = path.dirname(import.meta.dirname);
const folder = path.join(root, 'web/src/locale');
const isCheck = parseArgs({ options: { check: { type: 'boolean' } } }).values.check === true;

const texts = z.record(z.string(), z.string());
const catalogue = z.object({ app: texts, server: texts });
type Texts = z.infer<typeof texts>;

const files = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => ({
    language: path.basename(file, '.json'),
    place: path.join(folder, file),
    ...catalogue.parse(JSON.parse(readFileSync(path.join(folder, file), 'utf8'))),
  }));

const wanted = { app: appTexts(path.join(root, 'dist/web')), server: serverTexts() };
const found = [...wanted.app, ...wanted.server].flatMap((english) =>
  problemsOfText(english).map((problem) => `"${english}" ${problem}`),
);
for (const file of files) {
  for (const section of ['app', 'server'] as const) {
    const problems = isCheck
      ? problemsIn(file[section], wanted[section], file.language)
      : updated(file[section], wanted[section]);
    found.push(...problems.map((problem) => `${file.language}: ${problem}`));
  }
  const { app, server } = file;
  if (!isCheck) writeFileSync(file.place, `${JSON.stringify({ app, server }, null, 2)}\n`);
}
process.stdout.write(found.map((problem) => `${problem}\n`).join(''));
process.stdout.write(
  `${wanted.app.length} texts of the app, ${wanted.server.length} of the server, ${files.length} languages\n`,
);
if (isCheck && found.length > 0) process.exitCode = 1;

/** The tables of failures, and what any language has of the server's other texts that it still says. */
function serverTexts(): readonly string[] {
  const isSaid = isSaidByServer(path.join(root, 'api'));
  const others = files.flatMap(({ server }) => Object.keys(server)).filter(isSaid);
  return [...new Set([...failureTexts(), ...others])].sort();
}

function problemsIn(known: Texts, english: readonly string[], language: string): string[] {
  const unused = Object.keys(known).filter((text) => !english.includes(text));
  return [
    ...unused.map((text) => `"${text}" is not used any more`),
    ...english.flatMap((text) =>
      problemsOf(text, known[text] ?? '', language).map((problem) => `"${text}" ${problem}`),
    ),
  ];
}

function updated(known: Texts, english: readonly string[]): string[] {
  const before = { ...known };
  for (const text of Object.keys(known)) Reflect.deleteProperty(known, text);
  for (const text of english) known[text] = before[text] ?? '';
  return english
    .filter((text) => known[text] === '')
    .map((text) => `"${text}" is to be translated`);
}
