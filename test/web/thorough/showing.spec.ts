import { accessibilityProblems, describeInBrowser } from '../../kit/browser/browser.ts';
import {
  amara,
  ben,
  boxOf,
  bubble,
  kiri,
  lea,
  light,
  linesOf,
  noor,
  openChat,
  readOnPhone,
  row,
  setStage,
  tom,
  topOf,
  writeLongChat,
} from '../inbox.ts';
import type { Stage } from '../inbox.ts';

const minute = 60_000;

describeInBrowser('what is shown', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await setStage();
    for (const person of [amara, tom, lea, kiri]) stage.simulator.control.addCustomer(person);
    await writeLongChat(stage, amara.phoneNumber);
    for (const person of [tom, lea]) stage.simulator.control.write(person.phoneNumber, 'Hello');
  });
  afterEach(() => stage.closePages());
  afterAll(() => stage.close());

  it('opens at the first unread message, and marks nothing read before its end is seen', async () => {
    const { control } = stage.simulator;
    control.addCustomer(ben);
    const longAgo = Date.now() - 3 * 60 * minute;
    await control.writeHistory(
      ben.phoneNumber,
      Array.from({ length: 130 }, (_, n) => ({
        from: 'customer' as const,
        at: longAgo + n * minute,
        text: `Question ${String(n + 1)}.`,
      })),
    );
    const page = await stage.visit();
    await row(page, ben.name).getByText('130 unread').waitFor();
    await openChat(page, ben.name);
    await page.getByText('Unread messages').waitFor();
    await page.getByRole('button', { name: 'To the newest message' }).waitFor();
    const { y: line } = await boxOf(page.getByText('Unread messages'));
    expect(await topOf(page, 'Question 1.')).toBeGreaterThan(line);
    expect(await topOf(page, 'Question 1.')).toBeLessThan(400);
    expect(readOnPhone(stage, ben.phoneNumber)).toBe(0);
    expect(await row(page, ben.name).getByText('130 unread').isVisible()).toBe(true);
    await page.getByRole('button', { name: 'To the newest message' }).click();
    await row(page, ben.name).getByText('unread').waitFor({ state: 'detached' });
    await control.until(() => readOnPhone(stage, ben.phoneNumber) === 130);
  });

  it('finds a message and opens its chat at that place', async () => {
    const page = await stage.visit();
    await page.getByRole('searchbox').fill('line 23');
    const hit = page.getByRole('list', { name: 'Messages found' }).getByRole('link').first();
    await hit.getByText('23').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await hit.click();
    await bubble(page, 'Line 23 of').waitFor();
    expect(await bubble(page, 'Line 23 of').isVisible()).toBe(true);
    await page.reload();
    await bubble(page, 'Line 23 of').waitFor();
    await page.getByRole('button', { name: 'To the newest message' }).click();
    await bubble(page, 'Line 160 of').waitFor();
  });

  it('finds chats by name, and says when there is none', async () => {
    const page = await stage.visit();
    await row(page, tom.name).waitFor();
    await page.getByRole('searchbox').fill('fontaine');
    await row(page, lea.name).waitFor();
    await row(page, tom.name).waitFor({ state: 'detached' });
    await page.getByRole('searchbox').fill('zzz');
    await page.getByText('No chat with that name or number.').waitFor();
    await page.getByText('No message with these words.').waitFor();
    await page.getByRole('button', { name: 'Clear the search' }).click();
    await row(page, tom.name).waitFor();
  });

  it('shows what is more than text, quotes, reactions and notices', async () => {
    const { control } = stage.simulator;
    const { wamid } = control.write(kiri.phoneNumber, 'The blue one, please');
    const page = await stage.visit();
    await openChat(page, kiri.name);
    control.write(kiri.phoneNumber, { type: 'image', text: 'This is the door' });
    control.write(kiri.phoneNumber, { type: 'document' });
    control.write(kiri.phoneNumber, { text: 'That one', quotedWamid: wamid });
    control.react(kiri.phoneNumber, wamid, '👍');
    await bubble(page, 'This is the door').getByText('Photo').waitFor();
    await page.locator('app-bubble .kind', { hasText: 'Document' }).waitFor();
    await bubble(page, 'That one').locator('blockquote', { hasText: 'The blue one' }).waitFor();
    const reactions = bubble(page, 'The blue one, please')
      .first()
      .getByRole('list', { name: 'Reactions' });
    await reactions.getByText('👍').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it('shows what is written from right to left from its beginning, with the time beside it', async () => {
    const { control } = stage.simulator;
    control.addCustomer(noor);
    control.write(
      noor.phoneNumber,
      'أريد أن أستفسر عن حالة طلبي رقم 4471 الذي قمت به يوم الثلاثاء',
    );
    const page = await stage.visit('/', { viewport: { width: 320, height: 640 } });
    await row(page, noor.name).waitFor();
    const name = row(page, noor.name).locator('.name bdi');
    const preview = row(page, noor.name).locator('.text bdi');
    for (const line of [name, preview]) {
      const [firstLetter] = await linesOf(line, 1);
      const { x, width } = await boxOf(line);
      expect(firstLetter?.right).toBeLessThanOrEqual(x + width + 1);
    }
    await openChat(page, noor.name);
    const lines = await linesOf(bubble(page, 'أريد').locator('.text'));
    const time = await boxOf(bubble(page, 'أريد').locator('time'));
    const underTime = lines.filter(
      ({ left, right, bottom }) =>
        bottom > time.y + 2 && left < time.x + time.width && right > time.x,
    );
    expect(lines.length).toBeGreaterThan(1);
    expect(underTime).toEqual([]);
  });

  it('shows one pane at a time on a phone, and keeps the place through a reload', async () => {
    const page = await stage.visit('/', { viewport: { width: 320, height: 640 } });
    await openChat(page, tom.name);
    expect(await row(page, tom.name).isVisible()).toBe(false);
    await page.reload();
    await page.getByRole('heading', { name: tom.name, level: 2 }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('link', { name: 'Back to the chats' }).click();
    await row(page, tom.name).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  });

  it('says so when there is no such chat', async () => {
    const page = await stage.visit('/chat/cnv_00000000000000000000000000');
    await page.getByText('There is no chat at this address').waitFor();
    await light(page).getByText('Connected').waitFor();
  });

  it('complains about nothing', () => {
    expect(stage.complaints()).toEqual([]);
  });
});
