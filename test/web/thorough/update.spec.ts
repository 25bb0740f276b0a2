import { cp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describeInBrowser, takePicture } from '../../kit/browser/browser.ts';
import { builtSite, partWith } from '../../kit/browser/site.ts';
import { createTempDirectory } from '../../kit/temp-directory.ts';
import type { TempDirectory } from '../../kit/temp-directory.ts';
import { comeBack, messageField, openChat, row, setStage, tom, playWorkshop } from '../inbox.ts';
import type { Stage } from '../inbox.ts';

/** As after a build with another content: the page names another script, its parts have other names, those before are gone. */
async function buildAnew(site: string): Promise<void> {
  const scripts = (await readdir(site)).filter((name) => /-[\w-]{8}\.js$/.test(name));
  const renamed = new Map(scripts.map((name) => [name, newNameOf(name)]));
  const named = new RegExp(scripts.join('|').replaceAll('.', '\\.'), 'g');
  const anew = (text: string) => text.replaceAll(named, (name) => renamed.get(name) ?? name);
  for (const [name, newName] of renamed) {
    await writeFile(join(site, newName), anew(await readFile(join(site, name), 'utf8')));
    for (const suffix of ['', '.br', '.gz']) await rm(join(site, name + suffix));
  }
  const page = join(site, 'index.html');
  await writeFile(page, anew(await readFile(page, 'utf8')));
}

function newNameOf(script: string): string {
  const [, start = '', hash = ''] = /^(.*)-([\w-]{8})\.js$/.exec(script) ?? [];
  return start === 'main'
    ? 'main-NEW23456.js'
    : `${start}-${Array.from(hash).reverse().join('')}.js`;
}

describeInBrowser('a new version', () => {
  let site: TempDirectory;
  let stage: Stage;

  beforeAll(async () => {
    site = await createTempDirectory();
    await cp(builtSite, site.path, { recursive: true });
    stage = await setStage({ app: { overrides: { webDirectory: site.path } } });
    await playWorkshop(stage);
  });
  afterEach(() => stage.closePages());
  afterAll(async () => {
    await stage.close();
    await site.remove();
  });

  it('is offered when the connection is back, and taken without losing what was written', async () => {
    const page = await stage.visit('/', { serviceWorkers: 'allow' });
    await openChat(page, tom.name);
    await messageField(page).fill('half a sentence');
    // The app of before is in the browser, for times without a server.
    await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
    await buildAnew(site.path);
    await stage.app.restart();
    await comeBack(page);
    await page.getByText('A new version of the inbox is ready.').waitFor();
    await takePicture(page, 'new-version');
    await page.getByRole('button', { name: 'Reload' }).click();
    await page.locator('script[src="main-NEW23456.js"]').waitFor({ state: 'attached' });
    await messageField(page).waitFor();
    expect(await messageField(page).inputValue()).toBe('half a sentence');
    expect(await page.getByText('A new version of the inbox is ready.').count()).toBe(0);
  });

  it('says so where a part of this one is not served any more', async () => {
    const page = await stage.visit('/favicon.svg');
    const chats = await partWith('app-composer', site.path);
    await page.route(chats, (route) => route.abort());
    await page.goto(stage.app.url);
    await row(page, tom.name).click();
    await page.getByRole('dialog', { name: 'Not loaded' }).waitFor();
    await page.unroute(chats);
    await page.getByRole('button', { name: 'Reload' }).click();
    await openChat(page, tom.name);
  });

  it('begins with the list where the part of the chat that was asked for does not come', async () => {
    const page = await stage.visit();
    await openChat(page, tom.name);
    const address = page.url();
    const other = await stage.visit('/favicon.svg');
    // Whatever comes after the first script: the parts of a chat among it.
    await other.route('**/chunk-*.js', (route) => route.abort());
    await other.goto(address);
    await row(other, tom.name).click();
    await other.getByRole('dialog', { name: 'Not loaded' }).waitFor();
  });

  it('can be installed as an app', async () => {
    const page = await stage.visit('/');
    const devtools = await page.context().newCDPSession(page);
    const { errors, data = '' } = await devtools.send('Page.getAppManifest');
    expect(errors).toEqual([]);
    const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
    // A test's page is in a private window. The headless shell, which installs nothing, complains of nothing.
    const problems = installabilityErrors.map(({ errorId }) => errorId);
    expect(problems.filter((problem) => problem !== 'in-incognito')).toEqual([]);
    const icons = [...data.matchAll(/"src": "([^"]+)", "sizes": "(\d+|any)/g)];
    expect(icons.length).toBeGreaterThan(3);
    for (const [, name = '', size = ''] of icons) {
      const answer = await stage.app.fetch(`/${name}`);
      const bytes = Buffer.from(await answer.arrayBuffer());
      // A PNG says its width from byte 16 on.
      if (size !== 'any') expect([name, bytes.readUInt32BE(16)]).toEqual([name, Number(size)]);
    }
  });

  it('complains of the parts that were not served, and of nothing else', () => {
    const complaints = stage.complaints();
    expect(complaints.length).toBeGreaterThan(0);
    for (const complaint of complaints)
      expect(complaint).toContain('Failed to fetch dynamically imported module');
  });
});
