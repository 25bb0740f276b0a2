import { describeInBrowser, takePicture } from '../../kit/browser/browser.ts';
import { boxOf, bubble, linesOf, setStage, tom, playWorkshop } from '../inbox.ts';
import type { Stage } from '../inbox.ts';

const languages = [
  { locale: 'en-GB', lang: 'en', dir: 'ltr', chats: 'Chats', read: 'Read', send: 'Send' },
  { locale: 'de-AT', lang: 'de', dir: 'ltr', chats: 'Chats', read: 'Gelesen', send: 'Senden' },
  { locale: 'es-MX', lang: 'es', dir: 'ltr', chats: 'Chats', read: 'Leído', send: 'Enviar' },
  { locale: 'pt-PT', lang: 'pt-BR', dir: 'ltr', chats: 'Conversas', read: 'Lida', send: 'Enviar' },
  { locale: 'hi-IN', lang: 'hi', dir: 'ltr', chats: 'चैट', read: 'पढ़ा गया', send: 'भेजें' },
  { locale: 'ar-EG', lang: 'ar', dir: 'rtl', chats: 'الدردشات', read: 'قُرئت', send: 'إرسال' },
] as const;

describeInBrowser('the languages of the app', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await setStage();
    await playWorkshop(stage);
  });
  afterEach(() => stage.closePages());
  afterAll(() => stage.close());

  it.each(languages)('speaks $lang to a browser that asks for $locale', async (wanted) => {
    const page = await stage.visit('/', { locale: wanted.locale });
    const warnings: string[] = [];
    page.on('console', (message) => {
      // Tests of what is not offline go without the service worker, which the test's browser mentions.
      const isOfTheTest = message.text().includes('blocked by Playwright');
      if (message.type() === 'warning' && !isOfTheTest) warnings.push(message.text());
    });
    await page.reload();
    const chats = page.getByRole('list', { name: wanted.chats, exact: true });
    await chats.getByRole('link', { name: tom.name }).click();
    await page.getByRole('button', { name: wanted.send, exact: true }).waitFor();
    const answer = bubble(page, 'your stools left the workshop');
    await answer.getByRole('img', { name: wanted.read, exact: true }).waitFor();

    expect(await page.evaluate(() => [document.documentElement.lang, document.dir])).toEqual([
      wanted.lang,
      wanted.dir,
    ]);
    await takePicture(page, `language-${wanted.lang}`);
    expect(warnings).toEqual([]);
    expect(stage.complaints()).toEqual([]);
  });

  it('writes from right to left what is to be, and the other way what is not', async () => {
    const page = await stage.visit('/', { locale: 'ar-EG' });
    await page.getByRole('link', { name: tom.name }).first().click();
    const list = await boxOf(page.getByRole('list', { name: 'الدردشات' }));
    const composer = await boxOf(page.locator('app-composer textarea'));
    expect(list.x).toBeGreaterThan(composer.x);
    const english = bubble(page, 'your stools left');
    expect(await english.locator('.text').evaluate(directionOf)).toBe('ltr');
    // The time stands where the text ends: beside it, not on it.
    const lines = await linesOf(english.locator('.text span').last());
    const time = await boxOf(english.locator('time'));
    expect(time.x).toBeGreaterThanOrEqual(lines.at(-1)?.right ?? Infinity);
  });
});

function directionOf(element: Element): string {
  return getComputedStyle(element).direction;
}
