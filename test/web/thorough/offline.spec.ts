import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import {
  accessibilityProblems,
  describeInBrowser,
  takePicture,
} from '../../kit/browser/browser.ts';
import { startFaultProxy } from '../../kit/fault-proxy.ts';
import type { FaultProxy } from '../../kit/fault-proxy.ts';
import { ask } from '../../kit/clients/graphql-client.ts';
import { expectSame, keptModel, serverModel } from './inbox-model.ts';
import {
  amara,
  ben,
  bubble,
  kiri,
  lea,
  light,
  messageField,
  openChat,
  row,
  send,
  setStage,
  tick,
  tom,
} from '../inbox.ts';
import type { Stage } from '../inbox.ts';

const apiKey = 'a key of twenty letters';
const people = [amara, tom, lea, kiri, ben];
const flips = 100;
const messagesPerSecond = 50;

/** Until the checks hold: what comes from elsewhere takes its time. */
async function soon(check: () => Promise<void>, withinMs = 10_000): Promise<void> {
  const until = performance.now() + withinMs;
  for (;;) {
    try {
      await check();
      return;
    } catch (error) {
      if (performance.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

async function appInBrowser() {
  const isKept = (await caches.match('/')) !== undefined;
  return { isKept, worker: navigator.serviceWorker.controller?.state };
}

describeInBrowser('without a network', () => {
  let stage: Stage;
  let network: FaultProxy;
  let address: string;

  beforeAll(async () => {
    stage = await setStage({ app: { http: { apiKey } } });
    const { hostname, port } = new URL(stage.app.url);
    network = await startFaultProxy({ host: hostname, port: Number(port) });
    address = `http://127.0.0.1:${String(network.port)}`;
    for (const person of people) {
      stage.simulator.control.addCustomer(person);
      stage.simulator.control.write(person.phoneNumber, `Hello from ${person.name}`);
    }
    await stage.simulator.control.settled();
  });
  afterAll(async () => {
    await stage.close();
    await network.close();
  });

  /** A signed-in page of a new profile. */
  async function enter(options: BrowserContextOptions = {}): Promise<Page> {
    const page = await stage.visit(address, options);
    await page.getByLabel('Key').fill(apiKey);
    await page.getByLabel('Key').press('Enter');
    await row(page, amara.name).waitFor();
    return page;
  }
  async function another(context: BrowserContext, path = '/'): Promise<Page> {
    const page = await context.newPage();
    await page.goto(address + path);
    return page;
  }
  const isConnected = (page: Page) => light(page).getByText('Connected').waitFor();
  const isOffline = (page: Page) => light(page).getByText('No connection').waitFor();

  /** The app, the list and the chat that is open are in the browser. */
  async function isKept(page: Page): Promise<void> {
    await isConnected(page);
    const id = new URL(page.url()).pathname.split('/').at(-1);
    await soon(async () => {
      const kept = await keptModel(page);
      expect(kept?.chats.map((chat) => chat.id)).toContain(id);
      expect(await page.evaluate(appInBrowser)).toEqual({ isKept: true, worker: 'activated' });
    });
  }

  it('opens the list and a chat, and sends once and in order what was written before the tab was closed', async () => {
    const { control } = stage.simulator;
    const page = await enter({ serviceWorkers: 'allow' });
    const context = page.context();
    await openChat(page, amara.name);
    await bubble(page, 'Hello from Amara').waitFor();
    await isKept(page);
    await network.refuse();
    await page.reload();
    await bubble(page, 'Hello from Amara').waitFor();
    await row(page, tom.name).getByText('Hello from Tom').waitFor();
    await isOffline(page);
    await page.getByText(/Shown as of \d\d:\d\d\./).waitFor();
    expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0);
    for (const text of ['first words', 'second words', 'third words']) await send(page, text);
    await tick(page, 'third words', 'Waiting to be sent').waitFor();
    await takePicture(page, 'offline');
    await page.getByRole('searchbox').fill('hello');
    await page.getByText('The search needs the connection.').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await takePicture(page, 'offline-search');

    const { pathname } = new URL(page.url());
    await page.close();
    const tabs = [await another(context, pathname), await another(context, pathname)];
    for (const tab of tabs) await tick(tab, 'third words', 'Waiting to be sent').waitFor();
    await network.pass();
    for (const tab of tabs) await tick(tab, 'third words', 'Read').waitFor();
    const received = control
      .chat(amara.phoneNumber)
      .filter(({ direction }) => direction === 'fromBusiness')
      .map(({ content }) => /(first|second|third) words/.exec(JSON.stringify(content))?.[1]);
    expect(received).toEqual(['first', 'second', 'third']);
    for (const tab of tabs) expect(await bubble(tab, 'third words').count()).toBe(1);
    await context.close();
  });

  it('leaves nothing in the browser on signing out, in no window', async () => {
    const page = await enter({ serviceWorkers: 'allow' });
    await openChat(page, amara.name);
    await isKept(page);
    const beside = await another(page.context());
    await openChat(beside, tom.name);
    await messageField(beside).fill('a secret draft');
    await page.getByRole('searchbox').fill('hello');
    await page.locator('app-search-hit').first().waitFor();
    for (const window of [page, beside])
      await window.evaluate(() => Object.assign(globalThis, { isWithMemory: true }));
    await page.getByRole('button', { name: 'Sign out' }).click();
    for (const window of [page, beside]) {
      await window.locator('#key:focus').waitFor();
      await window.waitForFunction(() => !('isWithMemory' in globalThis));
      expect(new URL(window.url()).pathname).toBe('/');
    }
    await page.getByRole('status').getByText('You are signed out.').waitFor();
    await soon(async () => {
      expect(await keptModel(page)).toBeNull();
      expect(await page.evaluate(() => localStorage.length)).toBe(0);
      expect(await page.evaluate(() => caches.keys())).toEqual([]);
    });
    await page.getByLabel('Key').fill(apiKey);
    await page.getByLabel('Key').press('Enter');
    await openChat(page, tom.name);
    expect(await messageField(page).inputValue()).toBe('');
    await isKept(page);
    await page.context().close();
  });

  it('shows what is kept on a network that never answers, and goes on when it does', async () => {
    const page = await enter({ serviceWorkers: 'allow' });
    await openChat(page, amara.name);
    await isKept(page);
    network.stall();
    await page.reload();
    await bubble(page, 'Hello from Amara').waitFor();
    await row(page, tom.name).getByText('Hello from Tom').waitFor();
    expect(await page.getByRole('button', { name: 'Sign out' }).count()).toBe(0);
    await network.pass();
    await isConnected(page);
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
    await page.context().close();
  });

  it('speaks the language that was used', async () => {
    const page = await stage.visit(address, { serviceWorkers: 'allow', locale: 'de-DE' });
    await page.getByLabel('Schlüssel').fill(apiKey);
    await page.getByLabel('Schlüssel').press('Enter');
    await row(page, tom.name).waitFor();
    const languagesKept = () =>
      page.evaluate(async () => {
        const names = await caches.keys();
        const files = await Promise.all(
          names.map(async (name) => {
            const cache = await caches.open(name);
            const requests = await cache.keys();
            return Promise.all(
              requests.map(async (request) => (await cache.match(request))?.text() ?? ''),
            );
          }),
        );
        const all = files.flat();
        return ['Keine Verbindung', 'Sin conexión'].map((words) =>
          all.some((file) => file.includes(words)),
        );
      });
    await soon(async () => {
      expect(await page.evaluate(appInBrowser)).toEqual({ isKept: true, worker: 'activated' });
      expect(await languagesKept()).toEqual([true, false]);
      expect(await keptModel(page)).not.toBeNull();
    });
    await network.refuse();
    await page.reload();
    await page.getByText('Keine Verbindung').first().waitFor();
    await row(page, tom.name).waitFor();
    await network.pass();
    await page.context().close();
  });

  it('shows nothing of what is kept once the session can no longer be valid', async () => {
    const page = await enter({ serviceWorkers: 'allow' });
    await openChat(page, amara.name);
    await isKept(page);
    await network.refuse();
    await page.reload();
    await row(page, amara.name).waitFor();
    // As the browser does it by itself, when their time is over.
    await page.context().clearCookies();
    await page.reload();
    await isOffline(page);
    await soon(async () => {
      expect(await keptModel(page)).toBeNull();
    });
    expect(await page.getByText(amara.name).count()).toBe(0);
    await network.pass();
    await page.getByLabel('Key').waitFor();
    await page.context().close();
  });

  it.each([
    ['the session', /\/session$/],
    ['everything', /\/(session|graphql)$/],
  ])('hides and forgets everything after a 403 at %s', async (_name, addresses) => {
    const page = await enter();
    await openChat(page, amara.name);
    await soon(async () => {
      expect(await keptModel(page)).not.toBeNull();
    });
    // As a proxy answers whose own session is over.
    await page.route(addresses, (route) =>
      route.fulfill({ status: 403, contentType: 'text/html', body: '<h1>Forbidden</h1>' }),
    );
    await page.reload();
    await page.getByLabel('Key').waitFor();
    await soon(async () => {
      expect(await keptModel(page)).toBeNull();
    });
    expect(await page.getByText(amara.name).count()).toBe(0);
    await page.context().close();
  });

  it('has one socket for all windows, and goes on when the window that has it is closed', async () => {
    const { control } = stage.simulator;
    const first = await enter();
    await isConnected(first);
    const second = await first.context().newPage();
    const sockets: string[] = [];
    second.on('websocket', (socket) => sockets.push(socket.url()));
    await second.goto(address);
    await openChat(second, tom.name);
    await isConnected(second);
    control.write(tom.phoneNumber, 'over one socket');
    for (const page of [first, second]) {
      await row(page, tom.name).getByText('over one socket').waitFor();
    }
    expect(sockets).toEqual([]);
    await first.close();
    control.write(tom.phoneNumber, 'over another socket');
    await bubble(second, 'over another socket').waitFor();
    expect(await bubble(second, 'over one socket').count()).toBe(1);
    expect(sockets).toHaveLength(1);
    await second.context().close();
  });

  /** Customers and colleagues write, to and fro, while this runs. */
  function startTraffic() {
    const { control } = stage.simulator;
    const send = (number: string, text: string) =>
      ask(
        stage.app.url,
        `mutation ($input: SendMessageInput!) { sendMessage(input: $input) { __typename } }`,
        {
          variables: { input: { to: number, text } },
          headers: { authorization: `Bearer ${apiKey}` },
        },
      );
    let count = 0;
    // A machine that does not keep up writes less.
    const timer = setInterval(() => {
      count += 1;
      const { phoneNumber } = people[count % people.length] ?? amara;
      if (count % 10 === 0) void send(phoneNumber, `answer ${String(count)}`);
      else control.write(phoneNumber, `question ${String(count)}`);
    }, 1000 / messagesPerSecond);
    return {
      stop: () => {
        clearInterval(timer);
        return count;
      },
    };
  }

  /** Calls back with the words of the light whenever they change, and at first. */
  async function watchLight(page: Page): Promise<(words: string) => Promise<void>> {
    let shown = '';
    let changed: () => void = () => undefined;
    await page.exposeFunction('tellLight', (words: string) => {
      shown = words;
      changed();
    });
    await page.evaluate(`(() => {
      const place = document.querySelector('app-connection-light .words');
      const tell = () => tellLight(place.textContent);
      new MutationObserver(tell).observe(place, { characterData: true, subtree: true });
      tell();
    })()`);
    return async (words) => {
      while (shown !== words) await new Promise<void>((resolve) => (changed = resolve));
    };
  }

  it(`shows what the server has, after the network has flipped ${String(flips)} times`, async () => {
    const page = await enter();
    await openChat(page, amara.name);
    const lightIs = await watchLight(page);
    await lightIs('Connected');
    const traffic = startTraffic();
    const startedAt = performance.now();
    for (let flip = 0; flip < flips; flip += 2) {
      await network.refuse();
      await lightIs('No connection');
      await network.pass();
      await page.evaluate(() => window.dispatchEvent(new Event('online')));
      await lightIs('Connected');
    }
    const seconds = (performance.now() - startedAt) / 1000;
    const written = traffic.stop();
    process.stdout.write(
      `\n${String(flips)} flips of the network in ${seconds.toFixed(1)} s, ${String(written)} messages meanwhile\n`,
    );
    await stage.simulator.control.settled();
    await soon(async () => {
      const server = await serverModel(stage.app.url, apiKey);
      const kept = await keptModel(page);
      if (kept === null) throw new Error('Nothing is kept.');
      expectSame(kept, server);
      expect(kept.chats).toHaveLength(people.length);
      expect(await page.title()).toBe(`(${server.totalUnread.toLocaleString('en-GB')}) Inbox`);
    });
    await page.context().close();
  }, 120_000);

  it('complains about nothing', () => {
    expect(stage.complaints()).toEqual([]);
  });
});
