import type { Catalogue } from './languages';

type Translate = (english: string) => string;

const place = /\{\$(\w+)\}/gu;

let translateText: Translate = (english) => english;

/** What the server says in English, in the language of the app; unchanged where it is not known. */
export function serverText(english: string): string {
  return translateText(english);
}

export function knowServerTexts(texts: Catalogue['server']): void {
  translateText = translatorOf(texts);
}

/**
 * Texts with places in them fit any text of that form; one whose name begins with `said` holds another
 * text of the server: `{$saidAdvice} Details: {$details}`. What customers wrote is left as it is.
 */
export function translatorOf(texts: Catalogue['server']): Translate {
  const known = new Map(Object.entries(texts));
  const forms = [...known]
    .filter(([english]) => english.includes('{$'))
    .map(([english, text]) => ({ form: formOf(english), text }));

  const said: Translate = (english) => {
    const text = known.get(english);
    if (text !== undefined) return text;
    for (const { form, text: translated } of forms) {
      const values = form.exec(english)?.groups;
      if (values === undefined) continue;
      return translated.replace(place, (_, name: string) => {
        const value = values[name] ?? '';
        return name.startsWith('said') ? said(value) : value;
      });
    }
    return english;
  };
  return said;
}

function formOf(english: string): RegExp {
  const pattern = english
    .split(place)
    .map((part, index) =>
      index % 2 === 0 ? part.replace(/[\\^$.*+?()[\]{}|]/gu, '\\$&') : `(?<${part}>[^]+?)`,
    )
    .join('');
  return new RegExp(`^${pattern}$`, 'u');
}
