import { accessibilityProblems, describeInBrowser, takePicture } from '../kit/browser/browser.ts';
import {
  amara,
  bubble,
  kiri,
  lea,
  messageField,
  openChat,
  row,
  send,
  setStage,
  tick,
  tom,
} from './inbox.ts';
import type { Stage } from './inbox.ts';

describeInBrowser('sending', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await setStage();
    for (const person of [amara, tom, lea, kiri]) stage.simulator.control.addCustomer(person);
  });
  afterEach(() => stage.closePages());
  afterAll(() => stage.close());

  it('starts a chat with a pasted number, and shows ticks and the answer as they come', async () => {
    const page = await stage.visit();
    await page.getByRole('button', { name: 'New Chat' }).click();
    await page.getByLabel('Phone number').fill('+44 7700 900123');
    await page.getByRole('dialog').getByLabel('Message').fill('Hello Tom, your bike is ready.');
    expect(await page.getByLabel('Phone number').inputValue()).toBe('447700900123');
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Send' }).click();
    await tick(page, 'your bike is ready', 'Read').waitFor();
    expect(new URL(page.url()).pathname).toMatch(/^\/chat\/.+/);

    stage.simulator.control.write(tom.phoneNumber, 'Great, I will come at five.');
    await bubble(page, 'I will come at five').waitFor();
    await row(page, tom.name).getByText('I will come at five').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it('goes from one tick to two to two blue ones', async () => {
    const { control } = stage.simulator;
    control.changePhone(amara.phoneNumber, { isOnline: false, sendsReadReceipts: false });
    control.write(amara.phoneNumber, 'Are you open on Saturday?');
    control.changePhone(amara.phoneNumber, { isOnline: true });
    const page = await stage.visit();
    await openChat(page, amara.name);
    control.changePhone(amara.phoneNumber, { isOnline: false });
    await send(page, 'Yes, from nine to one.');
    await tick(page, 'from nine to one', 'Sent').waitFor();
    control.changePhone(amara.phoneNumber, { isOnline: true });
    await tick(page, 'from nine to one', 'Delivered').waitFor();
    control.changePhone(amara.phoneNumber, { sendsReadReceipts: true });
    control.open(amara.phoneNumber);
    await tick(page, 'from nine to one', 'Read').waitFor();
    expect(await messageField(page).inputValue()).toBe('');
  });

  it('tells why a message failed, and sends it again with Retry, or brought back by a key', async () => {
    const { control } = stage.simulator;
    control.write(lea.phoneNumber, 'Bonjour');
    const page = await stage.visit();
    await openChat(page, lea.name);
    control.faults.add({ kind: 'send-error', code: 131026, times: 1, to: lea.phoneNumber });
    await send(page, 'Bonjour Léa');
    await tick(page, 'Bonjour Léa', 'Not sent').waitFor();
    const failed = bubble(page, 'Bonjour Léa');
    expect(await failed.locator('.problem').innerText()).toMatch(/\S+/);
    expect(await accessibilityProblems(page)).toEqual([]);
    await failed.getByRole('button', { name: 'Retry' }).click();
    await tick(page, 'Bonjour Léa', 'Read').waitFor();
    expect(await bubble(page, 'Bonjour Léa').count()).toBe(1);

    control.faults.add({ kind: 'send-error', code: 131026, times: 1, to: lea.phoneNumber });
    await send(page, 'À demain');
    await tick(page, 'À demain', 'Not sent').waitFor();
    await messageField(page).press('ArrowUp');
    await page.waitForFunction(
      () =>
        document.querySelector<HTMLTextAreaElement>('app-composer textarea')?.value === 'À demain',
    );
    expect(await accessibilityProblems(page)).toEqual([]);
    await takePicture(page, 'recalled');
    await messageField(page).press('Escape');
    await page.waitForFunction(
      () => document.querySelector<HTMLTextAreaElement>('app-composer textarea')?.value === '',
    );
    await messageField(page).press('ArrowUp');
    await messageField(page).press('Enter');
    await tick(page, 'À demain', 'Read').waitFor();
    expect(await bubble(page, 'À demain').count()).toBe(1);
    expect(
      control.chat(lea.phoneNumber).filter(({ direction }) => direction === 'fromBusiness'),
    ).toHaveLength(2);
  });

  it('explains a bad number beside its field and keeps the message', async () => {
    const page = await stage.visit();
    await page.getByRole('button', { name: 'New Chat' }).click();
    const number = page.getByLabel('Phone number');
    await page.getByRole('dialog').getByLabel('Message').fill('Hello');
    for (const [typed, words] of [
      ['44 77oo', 'digits only'],
      ['12345', 'too short'],
      ['1234567890123456', 'too long'],
      ['07700 900123', 'country code'],
    ] as const) {
      await number.fill(typed);
      await page.getByRole('button', { name: 'Send' }).click();
      await page.locator('#new-chat-number-note').getByText(words).waitFor();
      expect(await number.getAttribute('aria-invalid')).toBe('true');
    }
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.getByRole('button', { name: 'New Chat' }).click();
    expect(await page.getByRole('dialog').getByLabel('Message').inputValue()).toBe('Hello');
  });

  it('keeps a draft through a reload, beside its chat and in the list', async () => {
    stage.simulator.control.write(kiri.phoneNumber, 'Is it ready?');
    const page = await stage.visit();
    await openChat(page, kiri.name);
    await messageField(page).fill('not finished ye');
    await page.reload();
    expect(await messageField(page).inputValue()).toBe('not finished ye');
    await openChat(page, tom.name);
    expect(await messageField(page).inputValue()).toBe('');
    await row(page, kiri.name).getByText('Draft: not finished ye').waitFor();
  });

  it('complains about nothing', () => {
    expect(stage.complaints()).toEqual([]);
  });
});
