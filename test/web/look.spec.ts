import { accessibilityProblems, describeInBrowser, takePicture } from '../kit/browser.ts';
import { createInbox } from '../simulator/demo/inbox.ts';
import { workshopScene } from '../simulator/demo/scenes/workshop.ts';
import { amara, bubble, messageField, openChat, row, send, setStage, tick, tom } from './inbox.ts';
import type { Stage } from './inbox.ts';

const sizes = [
  { device: 'desktop', viewport: { width: 1440, height: 900 } },
  { device: 'phone', viewport: { width: 390, height: 844 } },
] as const;
const customers = ['Ines Duarte', 'Rui Tavares', 'Eva Pinto', 'Gil Moreira'];
/** Each has a customer of its own, whose window is about to close. */
const looks = (['light', 'dark'] as const)
  .flatMap((colorScheme) => sizes.map((size) => ({ ...size, colorScheme })))
  .map((look, index) => ({
    ...look,
    closing: { name: customers[index] ?? '', phoneNumber: `35191234567${String(index)}` },
  }));

// Pictures for a person, in test/screenshots; axe looks at each state as well.
describeInBrowser('the look of the app', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await setStage();
    const { control } = stage.simulator;
    await workshopScene.play?.({
      control,
      inbox: createInbox(stage.app.url),
      clock: { now: () => Date.now() },
    });
    await control.settled();
  });
  afterAll(() => stage.close());

  it.each(looks)('is a pleasure on a $device in $colorScheme', async (look) => {
    const { device, viewport, colorScheme } = look;
    const page = await stage.visit('/', { viewport, colorScheme });
    const check = async (state: string): Promise<void> => {
      await takePicture(page, `${state}-${device}-${colorScheme}`);
      expect({ state, problems: await accessibilityProblems(page) }).toEqual({
        state,
        problems: [],
      });
    };
    await row(page, tom.name).waitFor();
    await check('list');

    await openChat(page, tom.name);
    await tick(page, 'your stools left the workshop', 'Read').waitFor();
    await check('chat');

    await page.goto(stage.app.url);
    await openChat(page, amara.name);
    await bubble(page, 'This is the scratch I mean').waitFor();
    await messageField(page).fill('Oh no, I am sorry! I send you a new foot today.');
    await check('chat-unread');

    await page.goto(stage.app.url);
    await page.getByRole('button', { name: 'New Chat' }).click();
    await page.getByLabel('Phone number').fill('07700 900123');
    await page.getByRole('dialog').getByLabel('Message').fill('Hello! Your lamp is ready.');
    await check('new-chat');

    await page.keyboard.press('Escape');
    await page.getByRole('searchbox').fill('la');
    await page.getByRole('list', { name: 'Messages found' }).getByRole('link').first().waitFor();
    await check('search');
  });

  it.each(looks)('tells hard states plainly on a $device in $colorScheme', async (look) => {
    const { device, viewport, colorScheme, closing } = look;
    const { control } = stage.simulator;
    const page = await stage.visit('/', { viewport, colorScheme });
    const check = async (state: string): Promise<void> => {
      await takePicture(page, `${state}-${device}-${colorScheme}`);
      expect({ state, problems: await accessibilityProblems(page) }).toEqual({
        state,
        problems: [],
      });
    };
    const hour = 60 * 60_000;
    control.addCustomer(closing);
    await control.writeHistory(closing.phoneNumber, [
      { from: 'customer', at: Date.now() - 23 * hour, text: 'Can I still change the colour?' },
    ]);
    await openChat(page, closing.name);
    await page.getByText('left to answer').waitFor();
    control.faults.add({ kind: 'send-error', code: 131026, times: 1, to: closing.phoneNumber });
    await send(page, `Of course, until Friday (${device}, ${colorScheme})`);
    await tick(page, `${device}, ${colorScheme}`, 'Not sent').waitFor();
    await check('failed');

    await page.goto(stage.app.url);
    await openChat(page, 'Noor Rahman');
    await page.getByText('This chat is closed for free messages').waitFor();
    await check('closed');
  });

  it('complains about nothing', () => {
    expect(stage.complaints()).toEqual([]);
  });
});
