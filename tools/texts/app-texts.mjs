import { readdirSync } from 'node:fs';
import { NodeJSFileSystem } from '@angular/compiler-cli';
import { MessageExtractor } from '@angular/localize/tools';

const quiet = {
  level: 3,
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** Every text that the built app asks a translation for, as the files of the languages write it. */
export function appTexts(folder) {
  const extractor = new MessageExtractor(new NodeJSFileSystem(), quiet, {
    basePath: folder,
    useSourceMaps: false,
  });
  const texts = readdirSync(folder)
    .filter((file) => file.endsWith('.js'))
    .flatMap((file) => extractor.extractMessages(file))
    .map(({ text, meaning = '' }) => ({ text: text.trim(), meaning }))
    // A plural with nothing around it: what it says is a text of its own.
    .filter(({ text }) => text !== '{$ICU}')
    .map(({ text, meaning }) => (meaning === '' ? text : `${meaning}|${text}`));
  return [...new Set(texts)].sort();
}
