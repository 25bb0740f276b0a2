import { accessibilityProblems, describeInBrowser } from '../kit/browser/browser.ts';
import { light, setStage } from './inbox.ts';
import type { Stage } from './inbox.ts';

describeInBrowser('the app without credentials', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await setStage({
      app: {
        whatsapp: {
          token: null,
          phoneNumberIds: [],
          verifyToken: null,
          missingSettings: ['WHATSAPP_TOKEN', 'WHATSAPP_PHONE_NUMBER_ID', 'WHATSAPP_VERIFY_TOKEN'],
        },
      },
    });
  });
  afterEach(() => stage.closePages());
  afterAll(() => stage.close());

  it('shows an amber light and names the settings to set', async () => {
    const page = await stage.visit();
    await light(page).getByText('WhatsApp is not configured').waitFor();
    expect(await light(page).getAttribute('data-light')).toBe('amber');
    expect(await light(page).locator('.words').evaluate(isCut)).toBe(false);
    const notice = page.getByRole('region', { name: 'Notices' });
    expect(await notice.textContent()).toContain(
      'WHATSAPP_TOKEN, WHATSAPP_PHONE_NUMBER_ID and WHATSAPP_VERIFY_TOKEN',
    );
    expect(await page.getByText('No chats yet').isVisible()).toBe(true);
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it('keeps a new chat and says why it cannot go out', async () => {
    const page = await stage.visit();
    await page.getByRole('button', { name: 'New Chat' }).click();
    await page.getByLabel('Phone number').fill('447700900123');
    await page.getByRole('dialog').getByLabel('Message').fill('Hello!');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByRole('dialog').getByRole('alert').waitFor();
    expect(await page.getByRole('dialog').getByLabel('Message').inputValue()).toBe('Hello!');
  });

  it('complains about nothing', () => {
    expect(stage.complaints()).toEqual([]);
  });
});

function isCut(words: Element): boolean {
  return words.scrollWidth > words.clientWidth || words.scrollHeight > words.clientHeight;
}
