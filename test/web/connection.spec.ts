import { accessibilityProblems, describeInBrowser } from '../kit/browser/browser.ts';
import {
  amara,
  bubble,
  light,
  messageField,
  openChat,
  row,
  send,
  setStage,
  tick,
  tom,
} from './inbox.ts';
import type { Stage } from './inbox.ts';

describeInBrowser('the connection', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await setStage();
    for (const person of [amara, tom]) stage.simulator.control.addCustomer(person);
    stage.simulator.control.write(amara.phoneNumber, 'Hello');
    await stage.simulator.control.settled();
  });
  afterEach(() => stage.closePages());
  afterAll(() => stage.close());

  it('asks once, at the start, for what it shows', async () => {
    const page = await stage.visit();
    await row(page, amara.name).waitFor();
    const asked: string[] = [];
    page.on('request', (request) => {
      const { pathname } = new URL(request.url());
      const operation = /"operationName":"(\w+)"/.exec(request.postData() ?? '')?.[1];
      if (['/session', '/graphql'].includes(pathname)) asked.push(operation ?? pathname);
    });
    await page.reload();
    await light(page).getByText('Connected').waitFor();
    await row(page, amara.name).waitFor();
    expect(asked).toEqual(['InboxStart', '/session']);
  });

  it('is back by itself after a restart of the server, with everything that came meanwhile', async () => {
    const { control } = stage.simulator;
    const page = await stage.visit();
    await openChat(page, amara.name);
    await light(page).getByText('Connected').waitFor();
    await page.evaluate(() => {
      document.title = 'not reloaded';
      Object.assign(window, { isTheSamePage: true });
    });
    const stopped = stage.app.stop();
    await light(page).getByText('No connection').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await stopped;
    control.write(amara.phoneNumber, 'Written while you were away');
    control.write(tom.phoneNumber, 'Me too');
    await stage.app.restart();
    await bubble(page, 'Written while you were away').waitFor();
    await row(page, tom.name).getByText('Me too').waitFor();
    await light(page).getByText('Connected').waitFor();
    expect(await page.evaluate(() => 'isTheSamePage' in window)).toBe(true);
  });

  it('sends what was written without a connection, once and in order', async () => {
    const { control } = stage.simulator;
    const page = await stage.visit();
    await openChat(page, amara.name);
    await light(page).getByText('Connected').waitFor();
    await stage.app.stop();
    await light(page).getByText('No connection').waitFor();
    for (const text of ['first words', 'second words', 'third words']) await send(page, text);
    await tick(page, 'third words', 'Waiting to be sent').waitFor();
    expect(await messageField(page).inputValue()).toBe('');
    const preview = row(page, amara.name).filter({ hasText: 'third words' });
    await preview.getByRole('img', { name: 'Waiting to be sent' }).waitFor();
    await stage.app.restart();
    await tick(page, 'third words', 'Read').waitFor();
    await preview.getByRole('img', { name: 'Read' }).waitFor();
    const received = control
      .chat(amara.phoneNumber)
      .filter(({ direction }) => direction === 'fromBusiness')
      .map(({ content }) => JSON.stringify(content));
    expect(received).toHaveLength(3);
    expect(received.map((content) => /(first|second|third) words/.exec(content)?.[1])).toEqual([
      'first',
      'second',
      'third',
    ]);
    expect(await page.locator('app-bubble', { hasText: 'second words' }).count()).toBe(1);
  });

  it('tells at once when the browser has lost its network, and when it has it again', async () => {
    const page = await stage.visit();
    await light(page).getByText('Connected').waitFor();
    await page.context().setOffline(true);
    await light(page).getByText('No connection').waitFor({ timeout: 3_000 });
    await page.context().setOffline(false);
    await light(page).getByText('Connected').waitFor({ timeout: 3_000 });
  });

  it('tells it over a chat that has the narrow page to itself', async () => {
    const page = await stage.visit('/', { viewport: { width: 360, height: 700 } });
    const strip = page.locator('app-connection-strip');
    await openChat(page, amara.name);
    await messageField(page).waitFor();
    expect(await strip.innerText()).toBe('');
    await page.context().setOffline(true);
    await strip.getByText('No connection').waitFor({ timeout: 3_000 });
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.setViewportSize({ width: 1280, height: 800 });
    await strip.getByText('No connection').waitFor({ state: 'hidden' });
    await light(page).getByText('No connection').waitFor();
    await page.setViewportSize({ width: 360, height: 700 });
    await page.context().setOffline(false);
    await strip.getByText('No connection').waitFor({ state: 'hidden', timeout: 3_000 });
  });

  it('keeps what waits to be sent through a reload', async () => {
    const page = await stage.visit();
    await openChat(page, amara.name);
    await page.route('**/graphql', (route) =>
      (route.request().postData() ?? '').includes('sendMessage') ? route.abort() : route.continue(),
    );
    await send(page, 'survives a reload');
    await tick(page, 'survives a reload', 'Waiting to be sent').waitFor();
    await page.unrouteAll();
    await page.reload();
    await tick(page, 'survives a reload', 'Read').waitFor();
    expect(await bubble(page, 'survives a reload').count()).toBe(1);
  });

  it('offers to try again where something could not be loaded', async () => {
    const page = await stage.visit();
    await row(page, amara.name).waitFor();
    await page.route('**/graphql', (route) => route.abort());
    await row(page, tom.name).click();
    const again = page.locator('app-timeline').getByRole('button', { name: 'Try again' });
    await again.waitFor();
    await page.unrouteAll();
    await again.click();
    await bubble(page, 'Me too').waitFor();
  });

  it('tells at once when WhatsApp rejects the token, and when it takes it again', async () => {
    const page = await stage.visit();
    await openChat(page, tom.name);
    await light(page).getByText('Connected').waitFor();
    stage.simulator.control.faults.add({ kind: 'send-error', code: 190, times: 1 });
    await send(page, 'Is this thing on?');
    // Sooner than the health is asked for anyway, every 15 s.
    await light(page).getByText('Sending is paused').waitFor({ timeout: 5_000 });
    await send(page, 'And now?');
    await light(page).getByText('Connected').waitFor({ timeout: 5_000 });
    await tick(page, 'And now?', 'Read').waitFor();
  });

  it('complains about nothing', () => {
    expect(stage.complaints()).toEqual([]);
  });
});

describeInBrowser('the sign-in', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await setStage({ app: { http: { apiKey: 'a key of twenty letters' } } });
    stage.simulator.control.addCustomer(amara);
    stage.simulator.control.write(amara.phoneNumber, 'Hello');
    await stage.simulator.control.settled();
  });
  afterEach(() => stage.closePages());
  afterAll(() => stage.close());

  it('asks for the key once, tells a wrong one, and opens the inbox', async () => {
    const page = await stage.visit();
    await page.locator('#key:focus').fill('wrong');
    // Nobody was in: there is nothing to say of it.
    expect(await page.getByText('You are signed out.').count()).toBe(0);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('That is not the key of this server').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.locator('#key:focus').fill('a key of twenty letters');
    await page.keyboard.press('Enter');
    // The list has the focus, and its first row comes next.
    await page.locator('app-conversation-list .list:focus').waitFor();
    await page.getByRole('status').getByText('You are signed in.').waitFor();
    await row(page, amara.name).waitFor();
    await page.keyboard.press('Tab');
    await page.locator('app-conversation-row a:focus').waitFor();
    await openChat(page, amara.name);
    await bubble(page, 'Hello').waitFor();
    await light(page).getByText('Connected').waitFor();
    await page.reload();
    await bubble(page, 'Hello').waitFor();
  });

  it('fits the narrowest phone', async () => {
    const page = await stage.visit('/', { viewport: { width: 320, height: 640 } });
    await page.locator('#key').waitFor();
    const form = await page.locator('app-sign-in form').boundingBox();
    expect(form?.x).toBeGreaterThanOrEqual(8);
    expect((form?.x ?? 0) + (form?.width ?? 0)).toBeLessThanOrEqual(312);
  });

  it('says so where signing out does not reach the server', async () => {
    const page = await stage.visit();
    await page.getByLabel('Key').fill('a key of twenty letters');
    await page.getByLabel('Key').press('Enter');
    await row(page, amara.name).waitFor();
    await page.route('**/session', (route) => route.abort());
    await page.getByRole('button', { name: 'Sign out' }).click();
    const dialog = page.getByRole('dialog', { name: 'Not signed out' });
    await dialog.getByText('Lock this computer').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.unroute('**/session');
    await dialog.getByRole('button', { name: 'Try again' }).click();
    await page.locator('#key:focus').waitFor();
  });

  it('leaves nothing in the browser on signing out', async () => {
    const page = await stage.visit();
    await page.getByLabel('Key').fill('a key of twenty letters');
    await page.getByLabel('Key').press('Enter');
    await openChat(page, amara.name);
    await messageField(page).fill('a secret draft');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.locator('#key:focus').waitFor();
    await page.getByRole('status').getByText('You are signed out.').waitFor();
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
    expect(await page.getByText('a secret draft').count()).toBe(0);
    await page.reload();
    await page.getByLabel('Key').waitFor();
  });

  it('complains about nothing', () => {
    expect(stage.complaints()).toEqual([]);
  });
});
