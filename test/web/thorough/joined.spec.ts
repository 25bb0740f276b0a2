import type { Page } from 'playwright-core';
import { describeInBrowser } from '../../kit/browser/browser.ts';
import { simulatorCredentials } from '../../kit/simulator.ts';
import { messagesChange, notification, textOfAmara } from '../../kit/webhook-bodies.ts';
import { bubble, fieldHolds, messageField, row, setStage } from '../inbox.ts';
import type { Stage } from '../inbox.ts';

const number = '15555550142';
const userId = 'US.13491208655302741918';

describeInBrowser('two chats that turn out to be of one person', () => {
  let stage: Stage;

  beforeEach(async () => {
    stage = await setStage();
    await deliver({ from: undefined, from_user_id: userId, id: 'wamid.1' }, 'By user name');
    await deliver({ id: 'wamid.2' }, 'By number');
  });
  afterEach(() => stage.close());

  async function deliver(from: Readonly<Record<string, unknown>>, body: string): Promise<void> {
    const isBoth = from['from'] === number;
    const contacts = isBoth ? [{ profile: { name: 'Amara' }, wa_id: number, user_id: userId }] : [];
    const timestamp = String(Math.floor(Date.now() / 1_000));
    const message = textOfAmara({ ...from, timestamp, text: { body } });
    const phone_number_id = simulatorCredentials.phoneNumberId;
    const metadata = { display_phone_number: '15555550100', phone_number_id };
    const answer = await stage.app.deliver(
      notification(messagesChange({ metadata, contacts, messages: [message] })),
    );
    expect(answer.status).toBe(200);
  }

  const join = (): Promise<void> =>
    deliver({ from: number, from_user_id: userId, id: 'wamid.3' }, 'By both');

  async function openBy(text: string): Promise<Page> {
    const page = await stage.visit();
    await row(page, new RegExp(text)).click();
    await bubble(page, text).waitFor();
    return page;
  }

  it.each(['By user name', 'By number'])(
    'are one where the chat "%s" is open, with its draft, and an answer stands in it',
    async (opened) => {
      const page = await openBy(opened);
      await messageField(page).fill('half a sentence');
      await join();
      for (const text of ['By user name', 'By number', 'By both'])
        await bubble(page, text).waitFor();
      expect(await page.getByRole('list', { name: 'Chats' }).getByRole('link').count()).toBe(1);
      await fieldHolds(page, 'half a sentence');
      await messageField(page).press('Enter');
      await bubble(page, 'half a sentence').waitFor();
      await page.reload();
      await bubble(page, 'half a sentence').waitFor();
      expect(stage.complaints()).toEqual([]);
    },
  );

  it('are one also where that happened while no window was open', async () => {
    const page = await openBy('By number');
    await messageField(page).fill('half a sentence');
    await page.goto('about:blank');
    await join();
    await page.goto(stage.app.url);
    await row(page, 'Amara').click();
    await fieldHolds(page, 'half a sentence');
    expect(await page.getByRole('list', { name: 'Chats' }).getByRole('link').count()).toBe(1);
  });
});
