import { cp, readFile, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describeInBrowser, takePicture } from '../../kit/browser.ts';
import { createTempDirectory } from '../../kit/temp-directory.ts';
import type { TempDirectory } from '../../kit/temp-directory.ts';
import { comeBack, messageField, openChat, row, setStage, tom, playWorkshop } from '../inbox.ts';
import type { Stage } from '../inbox.ts';

/** As after a build with another content: the page names another script, the one before is gone. */
async function buildAnew(site: string): Promise<void> {
  const script = (await readdir(site)).find((name) => /^main-\w+\.js$/.test(name)) ?? '';
  for (const suffix of ['', '.br', '.gz']) {
    await rename(join(site, script + suffix), join(site, `main-NEW23456.js${suffix}`));
  }
  const page = await readFile(join(site, 'index.html'), 'utf8');
  await writeFile(join(site, 'index.html'), page.replaceAll(script, 'main-NEW23456.js'));
}

describeInBrowser('a new version', () => {
  let site: TempDirectory;
  let stage: Stage;

  beforeAll(async () => {
    site = await createTempDirectory();
    await cp(join(import.meta.dirname, '..', '..', '..', 'dist', 'web'), site.path, {
      recursive: true,
    });
    stage = await setStage({ app: { overrides: { webDirectory: site.path } } });
    const { control } = stage.simulator;
    await playWorkshop(stage);
    await control.settled();
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
    await page.route('**/chunk-*.js', async (route) => {
      const part = await route.fetch();
      const isOfChats = (await part.text()).includes('"app-composer"');
      await (isOfChats ? route.abort() : route.fulfill({ response: part }));
    });
    await page.goto(stage.app.url);
    await row(page, tom.name).click();
    await page.getByRole('dialog', { name: 'Not loaded' }).waitFor();
    await page.unroute('**/chunk-*.js');
    await page.getByRole('button', { name: 'Reload' }).click();
    await openChat(page, tom.name);
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
});
