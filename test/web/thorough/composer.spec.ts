import {
  accessibilityProblems,
  describeInBrowser,
  takePicture,
} from '../../kit/browser/browser.ts';
import {
  amara,
  boxOf,
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
} from '../inbox.ts';
import type { Stage } from '../inbox.ts';

describeInBrowser('the composer', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await setStage();
    for (const person of [amara, tom, lea, kiri]) stage.simulator.control.addCustomer(person);
    stage.simulator.control.write(amara.phoneNumber, 'Are you open on Saturday?');
  });
  afterEach(() => stage.closePages());
  afterAll(() => stage.close());

  it('has no bar to scroll while its text fits', async () => {
    const page = await stage.visit();
    await openChat(page, amara.name);
    for (const text of ['', 'One line', 'Two\nlines']) {
      await messageField(page).fill(text);
      const hiddenPx = await messageField(page).evaluate(
        (field) => field.scrollHeight - field.clientHeight,
      );
      expect(hiddenPx).toBe(0);
    }
    await messageField(page).fill('');
  });

  it('leads from a number in a message to its chat, or to a new one', async () => {
    const { control } = stage.simulator;
    control.write(
      tom.phoneNumber,
      '*Please ask:*\n- Amara, +1 555 555 0142\n- my boss: +44 7700 900999\n> about the `blue` chair\nThanks!',
    );
    const page = await stage.visit();
    await row(page, tom.name).getByText('Please ask: • Amara').waitFor();
    await openChat(page, tom.name);
    const asked = bubble(page, 'Please ask');
    await asked.getByRole('blockquote').getByText('about the').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await takePicture(page, 'list-and-quote');
    await asked.getByRole('link', { name: '900999' }).click();
    const dialog = page.getByRole('dialog', { name: 'New chat' });
    await dialog.waitFor();
    expect(await page.getByLabel('Phone number').inputValue()).toBe('447700900999');
    await dialog.locator('textarea:focus').waitFor();
    await page.keyboard.press('Escape');
    await asked.getByRole('link', { name: '555 555 0142' }).click();
    await page.getByRole('heading', { name: amara.name, level: 2 }).waitFor();
    await page.getByRole('button', { name: 'New Chat' }).click();
    await page.getByLabel('Phone number').fill('');
    await page.keyboard.press('Escape');
  });

  it('asks before it sends again what may have arrived', async () => {
    const { control } = stage.simulator;
    control.write(tom.phoneNumber, 'Any news?');
    const page = await stage.visit();
    await openChat(page, tom.name);
    control.faults.add({ kind: 'send-reset', accepts: false, times: 1, to: tom.phoneNumber });
    await send(page, 'It left the workshop');
    await tick(page, 'It left the workshop', 'Not known whether it was sent').waitFor();
    await bubble(page, 'It left the workshop').getByRole('button', { name: 'Retry' }).click();
    const question = page.getByRole('dialog', { name: 'It may have arrived already' });
    await question.locator('button:focus', { hasText: 'Wait' }).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await takePicture(page, 'doubt-question');
    await page.keyboard.press('Escape');
    await question.waitFor({ state: 'detached' });
    await bubble(page, 'It left the workshop').getByRole('button', { name: 'Retry' }).click();
    await question.getByRole('button', { name: 'Send again' }).click();
    await tick(page, 'It left the workshop', 'Read').waitFor();
    expect(await bubble(page, 'It left the workshop').count()).toBe(1);
  });

  it('writes a new line with Shift+Enter and sends nothing for Enter alone', async () => {
    const { control } = stage.simulator;
    control.write(kiri.phoneNumber, 'Hi there');
    const page = await stage.visit();
    await openChat(page, kiri.name);
    await messageField(page).press('Enter');
    await messageField(page).pressSequentially('one');
    await messageField(page).press('Shift+Enter');
    await messageField(page).pressSequentially('two');
    await messageField(page).press('Enter');
    await tick(page, 'one', 'Read').waitFor();
    const received = control.chat(kiri.phoneNumber).at(-1);
    expect(JSON.stringify(received)).toContain('one\\ntwo');
    expect(await page.locator('app-bubble').count()).toBe(2);
  });

  it('has the same draft in two windows, and nothing of it is lost', async () => {
    const one = await stage.visit();
    await openChat(one, kiri.name);
    const other = await one.context().newPage();
    await other.goto(one.url());
    await messageField(other).waitFor();
    // A test's pages have the focus all at once; of a person's windows one has it.
    const goTo = async (here: typeof one, away: typeof one): Promise<void> => {
      await away.evaluate(() => {
        if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
      });
      await messageField(here).focus();
      await here.keyboard.press('End');
    };
    const shows = (page: typeof one, text: string) =>
      page.waitForFunction(
        (expected) =>
          document.querySelector<HTMLTextAreaElement>('app-composer textarea')?.value === expected,
        text,
      );
    await goTo(one, other);
    await one.keyboard.type('On Monday');
    await shows(other, 'On Monday');
    await goTo(other, one);
    await other.keyboard.type(' at nine');
    await shows(one, 'On Monday at nine');
    await other.keyboard.press('Enter');
    await shows(one, '');
    await tick(one, 'On Monday at nine', 'Read').waitFor();
  });

  it('finds an emoji in the language of the page, by keys alone and on a phone', async () => {
    const page = await stage.visit('/', { locale: 'ar', viewport: { width: 320, height: 640 } });
    await page.locator('app-conversation-row a', { hasText: tom.name }).click();
    const field = page.locator('app-composer textarea');
    await field.fill('شكرا ');
    await field.press('Control+e');
    await page.locator('app-emoji-picker input:focus').waitFor();
    await page.keyboard.type('قلب أحمر');
    const found = page.locator('app-emoji-picker .grid button', { hasText: '❤️' });
    await found.waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await takePicture(page, 'emoji-320-ar');
    await page.keyboard.press('Enter');
    await page.locator('app-composer textarea:focus').waitFor();
    expect(await field.inputValue()).toBe('شكرا ❤️');
    await field.press('Control+e');
    await page.locator('app-emoji-picker input:focus').waitFor();
    await page.keyboard.press('ArrowDown');
    await page.locator('app-emoji-picker .grid button:focus', { hasText: '❤️' }).waitFor();
    const { x, width } = await boxOf(page.locator('app-emoji-picker'));
    expect([x >= 0, x + width <= 320]).toEqual([true, true]);
    await takePicture(page, 'emoji-recent-320-ar');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    expect(await field.inputValue()).toBe('شكرا ❤️❤️');
    await field.fill('');
  });

  it('tells when a text is too long for WhatsApp, and sends it in parts', async () => {
    const page = await stage.visit();
    await openChat(page, tom.name);
    await messageField(page).fill('x'.repeat(4100));
    await page.getByText('The text is 4,100 characters long').waitFor();
    await messageField(page).press('Enter');
    expect(await messageField(page).inputValue()).toHaveLength(4100);
    const paragraph = (name: string) => `${name}: ${'the chair is ready. '.repeat(160)}`;
    await messageField(page).fill(['One', 'Two', 'Three'].map(paragraph).join('\n\n'));
    await takePicture(page, 'too-long');
    await page.getByRole('button', { name: 'Send as 3 messages' }).click();
    await tick(page, 'Three: the chair', 'Read').waitFor();
    const phone = stage.simulator.control.chat(tom.phoneNumber).slice(-3);
    expect(phone.map((message) => /(\w+): the/u.exec(JSON.stringify(message))?.[1])).toEqual([
      'One',
      'Two',
      'Three',
    ]);
  });

  it('pastes as much as can be sent, and leaves out a megabyte, without a pause', async () => {
    const page = await stage.visit();
    await openChat(page, tom.name);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const line = 'A line of a log that somebody pasted by mistake.\n';
    const paste = async (lines: number): Promise<number> => {
      await page.evaluate((text) => navigator.clipboard.writeText(text), line.repeat(lines));
      await messageField(page).focus();
      const start = performance.now();
      await page.keyboard.press('Control+v');
      await page.evaluate(() => new Promise(requestAnimationFrame));
      return Math.round(performance.now() - start);
    };
    await messageField(page).fill('See: ');
    const left = await paste(21_000);
    await page.getByText('it is 1,029,000 characters long').waitFor();
    expect(await messageField(page).inputValue()).toBe('See: ');
    const taken = await paste(830);
    await page.getByRole('button', { name: 'Send as 10 messages' }).waitFor();
    process.stdout.write(`\npasting 1 MB: ${String(left)} ms, 40 kB: ${String(taken)} ms\n`);
    await page.reload();
    expect(await messageField(page).inputValue()).toHaveLength(40_675);
    await messageField(page).fill('');
  });

  it('complains about nothing', () => {
    expect(stage.complaints()).toEqual([]);
  });
});
