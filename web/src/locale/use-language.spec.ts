import { clearTranslations } from '@angular/localize';
import { serverText, knowServerTexts } from './server-text';
import { useLanguage } from './use-language';

const ready = (): string => $localize`Today`;

describe('useLanguage', () => {
  const { locale } = $localize;
  afterEach(() => {
    clearTranslations();
    knowServerTexts({});
    $localize.locale = locale ?? '';
    document.documentElement.lang = 'en';
    document.documentElement.dir = 'ltr';
  });

  it('says what the app and the server say in the language that was chosen', async () => {
    await useLanguage('de');
    expect(ready()).toBe('Heute');
    expect(serverText('Send it as text.')).toBe('Senden Sie sie als Text.');
    expect($localize.locale).toBe('de');
    expect(document.documentElement.lang).toBe('de');
    expect(document.documentElement.dir).toBe('ltr');
  });

  it('turns the page for a language that is written from right to left', async () => {
    await useLanguage('ar');
    expect(ready()).toBe('اليوم');
    expect(document.documentElement.dir).toBe('rtl');
  });

  it('is English where the texts cannot be had', async () => {
    jest.doMock('./es.json', () => {
      throw new Error('No connection');
    });
    await useLanguage('es');
    expect(ready()).toBe('Today');
    expect($localize.locale).toBe('en-GB');
    expect(document.documentElement.lang).toBe('en');
  });
});
