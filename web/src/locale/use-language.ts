import { chooseLanguage } from './choose-language';
import { english } from './languages';
import type { Language } from './languages';
import { knowServerTexts } from './server-text';

/** Before anything is drawn: in which language it says what it says. */
export async function useLanguage(chosen: string | null): Promise<void> {
  const choice = chooseLanguage(chosen, navigator.languages);
  const isKnown = await learn(choice.language);
  const language = isKnown ? choice.language : english;
  $localize.locale = isKnown ? choice.locale : english.locale;
  document.documentElement.lang = language.code;
  document.documentElement.dir = language.direction;
}

/** False where its texts could not be had: better an inbox in English than none. */
async function learn({ translation }: Language): Promise<boolean> {
  if (translation === null) return true;
  try {
    const [{ translate }, { default: catalogue }, { default: plurals }] = await Promise.all([
      import('./translate'),
      translation.catalogue(),
      translation.plurals(),
    ]);
    translate(catalogue.app, plurals);
    knowServerTexts(catalogue.server);
    return true;
  } catch {
    // No connection, or the files of another version.
    return false;
  }
}
