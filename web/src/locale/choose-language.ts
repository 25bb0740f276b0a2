import { english, languages } from './languages';
import type { Language } from './languages';

export interface Choice {
  readonly language: Language;
  /** For times and numbers: of the region that the browser names, else of the language. */
  readonly locale: string;
}

/** What a person has chosen here, else what their browser asks for first and we have, else English. */
export function chooseLanguage(chosen: string | null, wanted: readonly string[]): Choice {
  const language =
    languages.find(({ code }) => code === chosen) ??
    wanted.map(ofSameTongue).find((candidate) => candidate !== undefined) ??
    english;
  const regional = wanted.find((tag) => isLocale(tag) && tongueOf(tag) === tongueOf(language.code));
  return { language, locale: regional ?? language.locale };
}

/** `pt` and `pt-PT` are served by `pt-BR`. */
function ofSameTongue(tag: string): Language | undefined {
  return languages.find(({ code }) => tongueOf(code) === tongueOf(tag));
}

function tongueOf(tag: string): string {
  return (tag.split('-', 1)[0] ?? '').toLowerCase();
}

/** Only its form: whether a browser knows it is slow to find out, and it serves its language in any case. */
function isLocale(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length > 0 && tag.includes('-');
  } catch {
    // Not the form of a language tag: a browser may be told anything.
    return false;
  }
}
