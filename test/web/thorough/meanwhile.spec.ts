import type { Page } from 'playwright-core';
import {
  accessibilityProblems,
  describeInBrowser,
  takePicture,
} from '../../kit/browser/browser.ts';
import {
  amara,
  bubble,
  fieldHolds,
  messageField,
  openChat,
  scroller,
  send,
  setStage,
  tick,
  tom,
} from '../inbox.ts';
import type { Stage } from '../inbox.ts';

const question = (page: Page) => page.getByRole('dialog', { name: 'You have not seen this yet' });

describeInBrowser('what a customer writes while one answers', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await setStage();
    const { control } = stage.simulator;
    control.addCustomer(amara);
    control.addCustomer(tom);
    const now = Date.now();
    await control.writeHistory(
      amara.phoneNumber,
      Array.from({ length: 40 }, (_, n) => ({
        from: n % 2 === 0 ? ('customer' as const) : ('business' as const),
        at: now - (60 - n) * 60_000,
        text: `Line ${String(n + 1)}`,
      })),
    );
    control.write(tom.phoneNumber, 'Can you deliver on Thursday?');
  });
  afterEach(() => stage.closePages());
  afterAll(() => stage.close());

  const fromBusiness = (id: string): readonly unknown[] =>
    stage.simulator.control.chat(id).filter(({ direction }) => direction === 'fromBusiness');

  it('is shown before an answer goes past it, and nothing typed is lost', async () => {
    const page = await stage.visit();
    await openChat(page, amara.name);
    // It opens at the first unread message.
    await page.getByRole('button', { name: 'To the newest message' }).waitFor();
    stage.simulator.control.write(amara.phoneNumber, 'Stop, I need the green one!');
    await page.getByRole('button', { name: '1 new message' }).waitFor();
    const before = fromBusiness(amara.phoneNumber).length;
    await send(page, 'The blue one is on its way');
    await question(page).getByText('I need the green one!').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await takePicture(page, 'unseen-question');

    await page.keyboard.press('Escape');
    await question(page).waitFor({ state: 'detached' });
    expect(await messageField(page).inputValue()).toBe('The blue one is on its way');
    await messageField(page).press('Enter');
    await question(page).waitFor();
    await question(page).getByRole('button', { name: 'Look first' }).click();
    await bubble(page, 'I need the green one!').waitFor();
    expect(await messageField(page).inputValue()).toBe('The blue one is on its way');
    expect(fromBusiness(amara.phoneNumber)).toHaveLength(before);

    // Seen now, and it stays seen some way above the end: no question.
    await scroller(page).evaluate((view) => (view.scrollTop -= 60));
    stage.simulator.control.write(amara.phoneNumber, 'Hello?');
    await page.getByRole('button', { name: '1 new message' }).waitFor();
    await scroller(page).evaluate(
      (view) => (view.scrollTop = view.scrollHeight - view.clientHeight - 30),
    );
    await page.getByRole('button', { name: '1 new message' }).waitFor();
    await messageField(page).fill('The green one, then');
    await messageField(page).press('Enter');
    await tick(page, 'The green one, then', 'Read').waitFor();
  });

  it('holds back what was sent without a connection, until a person says to send it', async () => {
    const page = await stage.visit();
    await openChat(page, tom.name);
    await bubble(page, 'on Thursday?').waitFor();
    await page.context().setOffline(true);
    await send(page, 'Yes, on Thursday');
    await send(page, 'Before noon');
    await tick(page, 'Before noon', 'Waiting to be sent').waitFor();
    stage.simulator.control.write(tom.phoneNumber, 'Or rather on Friday');
    await page.context().setOffline(false);

    const held = bubble(page, 'Yes, on Thursday');
    await held.getByText('The customer wrote meanwhile').waitFor();
    await held.getByText('Or rather on Friday').waitFor();
    await bubble(page, 'Before noon').getByText('The customer wrote meanwhile').waitFor();
    expect(fromBusiness(tom.phoneNumber)).toHaveLength(0);
    expect(await accessibilityProblems(page)).toEqual([]);
    await takePicture(page, 'held-back');

    await bubble(page, 'Before noon').getByRole('button', { name: 'Edit' }).click();
    await fieldHolds(page, 'Before noon');
    await held.getByRole('button', { name: 'Send anyway' }).click();
    await tick(page, 'Yes, on Thursday', 'Read').waitFor();
    await messageField(page).press('Enter');
    await tick(page, 'Before noon', 'Read').waitFor();
    expect(fromBusiness(tom.phoneNumber)).toHaveLength(2);
  });

  it('does not hold back what is written one after the other', async () => {
    const page = await stage.visit();
    await openChat(page, tom.name);
    for (const text of ['one', 'two', 'three', 'four']) await send(page, `Quick ${text}`);
    await tick(page, 'Quick four', 'Read').waitFor();
    expect(await page.getByText('meanwhile').count()).toBe(0);
  });

  it('complains about nothing', () => {
    expect(stage.complaints()).toEqual([]);
  });
});
