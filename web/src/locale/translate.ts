import { registerLocaleData } from '@angular/common';
import { loadTranslations, ɵcomputeMsgId as idOf } from '@angular/localize';
import type { Catalogue } from './languages';

/** Tells Angular the texts and plurals of a language. Loaded only where that is not English. */
export function translate(texts: Catalogue['app'], plurals: unknown): void {
  const known = Object.entries(texts).flatMap(([english, text]) => {
    const { meaning, words } = readKey(english);
    // The compiler keeps a space for the line break between a tag and its text.
    return [
      [idOf(words, meaning), text],
      [idOf(` ${words} `, meaning), ` ${text} `],
    ] as const;
  });
  loadTranslations({ ...Object.fromEntries(known), ...pluralsAlone });
  registerLocaleData(plurals);
}

/** A plural with nothing around it: what it says has a text of its own. */
const pluralsAlone = Object.fromEntries(['{$ICU}', ' {$ICU} '].map((text) => [idOf(text), text]));

/** `chats|All`: the text `All`, where it speaks of chats. */
function readKey(key: string): { readonly meaning: string; readonly words: string } {
  const [before = '', ...rest] = key.split('|');
  return rest.length === 0
    ? { meaning: '', words: before }
    : { meaning: before, words: rest.join('|') };
}
