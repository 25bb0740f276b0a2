import { chooseLanguage } from './choose-language';

const chosenFor = (chosen: string | null, wanted: readonly string[]) => {
  const { language, locale } = chooseLanguage(chosen, wanted);
  return [language.code, locale];
};

describe('chooseLanguage', () => {
  it('takes the first language of the browser that there is', () => {
    expect(chosenFor(null, ['nl-NL', 'de-AT', 'en-US'])).toEqual(['de', 'de-AT']);
    expect(chosenFor(null, ['hi'])).toEqual(['hi', 'hi']);
    expect(chosenFor(null, ['AR-eg'])).toEqual(['ar', 'AR-eg']);
  });

  it('serves all who speak a language, with the times and numbers of their own region', () => {
    expect(chosenFor(null, ['pt-PT'])).toEqual(['pt-BR', 'pt-PT']);
    expect(chosenFor(null, ['es-419'])).toEqual(['es', 'es-419']);
  });

  it('is English where nothing fits', () => {
    expect(chosenFor(null, ['nl-NL'])).toEqual(['en', 'en-GB']);
    expect(chosenFor(null, [])).toEqual(['en', 'en-GB']);
    expect(chosenFor(null, ['not a tag'])).toEqual(['en', 'en-GB']);
  });

  it('keeps to what a person chose', () => {
    expect(chosenFor('en', ['de-DE', 'en-US'])).toEqual(['en', 'en-US']);
    expect(chosenFor('ar', ['de-DE'])).toEqual(['ar', 'ar']);
  });

  it('forgets a choice that there is no more', () => {
    expect(chosenFor('tlh', ['de'])).toEqual(['de', 'de']);
  });
});
