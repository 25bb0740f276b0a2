import { accessibilityProblems, describeInBrowser } from '../kit/browser/browser.ts';
import {
  amara,
  bubble,
  comeBack,
  kiri,
  lea,
  leave,
  openChat,
  readOnPhone,
  row,
  scroller,
  setStage,
  tom,
  writeLongChat,
} from './inbox.ts';
import type { Stage } from './inbox.ts';

describeInBrowser('reading', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await setStage();
    for (const person of [amara, tom, lea, kiri]) stage.simulator.control.addCustomer(person);
    await writeLongChat(stage, amara.phoneNumber);
  });
  afterEach(() => stage.closePages());
  afterAll(() => stage.close());

  it('shows what customers write at once: in the list, in order, counted and in the title', async () => {
    const { control } = stage.simulator;
    const page = await stage.visit();
    await row(page, amara.name).waitFor();
    control.write(tom.phoneNumber, 'Is my bike ready?');
    await row(page, tom.name).getByText('Is my bike ready?').waitFor();
    control.write(tom.phoneNumber, 'I need it today.');
    await row(page, tom.name).getByText('2 unread').waitFor();
    const names = page.getByRole('list', { name: 'Chats' }).locator('.name');
    expect((await names.allTextContents())[0]).toBe(tom.name);
    await page.waitForFunction(() => /^\(\d+\) Inbox$/.test(document.title));
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it('marks a chat read once it is opened, and the customer sees it', async () => {
    const page = await stage.visit();
    await openChat(page, tom.name);
    await page.getByText('Unread messages').waitFor();
    await row(page, tom.name).getByText('unread').waitFor({ state: 'detached' });
    await stage.simulator.control.until(() => readOnPhone(stage, tom.phoneNumber) === 2);
  });

  it.each(['hidden', 'unfocused'] as const)(
    'marks nothing read while the window is %s, and does when it is back',
    async (how) => {
      const { control } = stage.simulator;
      const customer = how === 'hidden' ? kiri : lea;
      control.write(customer.phoneNumber, 'First');
      const page = await stage.visit();
      await openChat(page, customer.name);
      await control.until(() => readOnPhone(stage, customer.phoneNumber) === 1);
      await leave(page, how);
      control.write(customer.phoneNumber, 'Second');
      await row(page, customer.name).getByText('1 unread').waitFor();
      await bubble(page, 'Second').waitFor();
      await page.getByText('Unread messages').waitFor();
      expect(readOnPhone(stage, customer.phoneNumber)).toBe(1);
      await comeBack(page);
      await row(page, customer.name).getByText('unread').waitFor({ state: 'detached' });
      await control.until(() => readOnPhone(stage, customer.phoneNumber) === 2);
    },
  );

  it('marks nothing read while the end of the chat is out of view', async () => {
    const { control } = stage.simulator;
    const page = await stage.visit();
    await openChat(page, amara.name);
    await page.getByRole('button', { name: 'To the newest message' }).click();
    await row(page, amara.name).getByText('unread').waitFor({ state: 'detached' });
    await scroller(page).evaluate((element) => {
      element.scrollTop -= 2500;
    });
    await page.getByRole('button', { name: 'To the newest message' }).waitFor();
    const before = readOnPhone(stage, amara.phoneNumber);
    control.write(amara.phoneNumber, 'Are you still there?');
    await page.getByRole('button', { name: '1 new message' }).waitFor();
    expect(await row(page, amara.name).getByText('1 unread').isVisible()).toBe(true);
    expect(readOnPhone(stage, amara.phoneNumber)).toBe(before);
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('button', { name: '1 new message' }).click();
    await row(page, amara.name).getByText('unread').waitFor({ state: 'detached' });
    await control.until(() => readOnPhone(stage, amara.phoneNumber) > before);
  });

  it('complains about nothing', () => {
    expect(stage.complaints()).toEqual([]);
  });
});
