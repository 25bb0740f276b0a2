import { createHash } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { createTempDirectory } from '../kit/temp-directory.ts';
import type { TempDirectory } from '../kit/temp-directory.ts';
import { startTestApp } from '../kit/test-app.ts';
import type { TestApp } from '../kit/test-app.ts';

const script = 'console.log("the app");\n'.repeat(50);
const page = `<!doctype html><meta name="access" content="__ACCESS__"><app-root ngCspNonce="__CSP_NONCE__"></app-root>
<script src="main-ABCD2345.js" nonce="__CSP_NONCE__"></script>`;

let web: TempDirectory;
let app: TestApp;

beforeAll(async () => {
  web = await createTempDirectory();
  await writeFile(join(web.path, 'index.html'), page);
  await writeFile(join(web.path, 'favicon.svg'), '<svg/>');
  await writeFile(join(web.path, 'main-ABCD2345.js'), script);
  await writeFile(join(web.path, 'main-ABCD2345.js.br'), brotliCompressSync(script));
  await writeFile(join(web.path, 'main-ABCD2345.js.gz'), gzipSync(script));
  await writeFile(join(web.path, '.secret'), 'hidden');
  await mkdir(join(web.path, 'media'));
  app = await startTestApp({ overrides: { webDirectory: web.path } });
});
afterAll(async () => {
  await app.close();
  await web.remove();
});

const asBrowser = { headers: { accept: 'text/html,application/xhtml+xml' } };

describe('the page', () => {
  it('is the same at the root, by its name, and at every address of the app', async () => {
    for (const path of ['/', '/index.html', '/c/cnv_1', '/c/cnv_1?m=msg_2', '/c/cnv_1/']) {
      const response = await app.fetch(path, asBrowser);
      expect([path, response.status]).toEqual([path, 200]);
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(response.headers.get('cache-control')).toBe('no-cache');
      expect(await response.text()).toContain('<app-root');
    }
  });

  it('brings a new nonce each time, for its styles alone', async () => {
    const nonces = new Set<string>();
    for (let nth = 0; nth < 3; nth += 1) {
      const response = await app.fetch('/', asBrowser);
      const policy = response.headers.get('content-security-policy') ?? '';
      const nonce = /style-src 'self' 'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
      expect(await response.text()).toContain(`<app-root ngCspNonce="${nonce}">`);
      expect(policy).toContain("script-src 'self';");
      nonces.add(nonce);
    }
    expect(nonces.size).toBe(3);
    expect([...nonces][0]).toHaveLength(24);
  });

  it('knows whether its visitor may use the inbox', async () => {
    expect(await (await app.fetch('/', asBrowser)).text()).toContain('content="open"');
    const overrides = { webDirectory: web.path };
    const guarded = await startTestApp({ http: { apiKey: 'a key of twenty letters' }, overrides });
    try {
      const accessOf = async (headers: Record<string, string>) => {
        const response = await guarded.fetch('/', {
          headers: { ...asBrowser.headers, ...headers },
        });
        return /content="(\w+)"/.exec(await response.text())?.[1];
      };
      expect(await accessOf({})).toBe('closed');
      const signedIn = await guarded.fetch('/session', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ key: 'a key of twenty letters' }),
      });
      const cookie = signedIn.headers.get('set-cookie')?.split(';', 1)[0] ?? '';
      expect(await accessOf({ cookie })).toBe('open');
    } finally {
      await guarded.close();
    }
  });

  it('allows the scripts within it by what they are, and no other', async () => {
    const inline = "document.title = 'ours';";
    const own = await createTempDirectory();
    await writeFile(
      join(own.path, 'index.html'),
      `<script nonce="__CSP_NONCE__">${inline}</script>${page}`,
    );
    const other = await startTestApp({ overrides: { webDirectory: own.path } });
    try {
      const response = await other.fetch('/', asBrowser);
      const hash = createHash('sha256').update(inline).digest('base64');
      expect(response.headers.get('content-security-policy')).toContain(
        `script-src 'self' 'sha256-${hash}';`,
      );
    } finally {
      await other.close();
      await own.remove();
    }
  });

  it('has no body for HEAD', async () => {
    const response = await app.fetch('/c/1', { method: 'HEAD', ...asBrowser });
    expect([response.status, await response.text()]).toEqual([200, '']);
  });

  it('is not what a program or a missing file gets', async () => {
    for (const [path, init] of [
      ['/c/1', {}],
      ['/main-ZZZZ2345.js', asBrowser],
      ['/media', {}],
      ['/.secret', asBrowser],
      ['/..%2f..%2fpackage.json', asBrowser],
      ['/%2e%2e/package.json', asBrowser],
    ] as const) {
      const response = await app.fetch(path, init);
      expect([path, response.status]).toEqual([path, 404]);
      expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    }
    expect((await app.fetch('/c/1', { method: 'POST', ...asBrowser })).status).toBe(404);
  });
});

describe('files', () => {
  it.each([
    ['br, gzip', 'br'],
    ['gzip', 'gzip'],
    ['identity', null],
  ])('are sent compressed for %s', async (accepted, encoding) => {
    const response = await app.fetch('/main-ABCD2345.js', {
      headers: { 'accept-encoding': accepted },
    });
    expect(response.headers.get('content-encoding')).toBe(encoding);
    expect(response.headers.get('content-type')).toBe('application/javascript; charset=utf-8');
    expect(await response.text()).toBe(script);
  });

  it('are kept for ever when their name holds their hash, whatever the encoding', async () => {
    for (const accepted of ['br', 'identity']) {
      const headers = { 'accept-encoding': accepted };
      const response = await app.fetch('/main-ABCD2345.js', { headers });
      expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(response.headers.get('vary')).toMatch(/accept-encoding/i);
    }
  });

  it('are asked for again otherwise, and not sent again when they are the same', async () => {
    const response = await app.fetch('/favicon.svg');
    expect(response.headers.get('cache-control')).toBe('no-cache');
    const again = await app.fetch('/favicon.svg', {
      headers: {
        'if-none-match': response.headers.get('etag') ?? '',
        'cache-control': 'max-age=0', // as browsers do; fetch would say no-cache
      },
    });
    expect(again.status).toBe(304);
  });
});

describe('a build while the server runs', () => {
  const buildInto = async (folder: string, name: string) => {
    await mkdir(folder);
    await writeFile(join(folder, 'index.html'), page.replace('main-ABCD2345.js', name));
    await writeFile(join(folder, name), script);
  };

  it('is served as soon as it is there, and until then the page before it', async () => {
    const site = join(web.path, 'site');
    await buildInto(site, 'main-AAAA1111.js');
    const running = await startTestApp({ overrides: { webDirectory: site } });
    const pageNow = async () => (await running.fetch('/', asBrowser)).text();
    try {
      expect(await pageNow()).toContain('main-AAAA1111.js');
      await rm(site, { recursive: true });
      expect(await pageNow()).toContain('main-AAAA1111.js');
      await buildInto(site, 'main-BBBB2222.js');
      expect(await pageNow()).toContain('main-BBBB2222.js');
      expect((await running.fetch('/main-BBBB2222.js')).status).toBe(200);
    } finally {
      await running.close();
    }
  });

  it('is served as well when there was none at the start', async () => {
    const site = join(web.path, 'later');
    const running = await startTestApp({ overrides: { webDirectory: site } });
    try {
      expect((await running.fetch('/', asBrowser)).status).toBe(503);
      await buildInto(site, 'main-CCCC3333.js');
      expect((await running.fetch('/', asBrowser)).status).toBe(200);
      expect((await running.fetch('/main-CCCC3333.js')).status).toBe(200);
    } finally {
      await running.close();
    }
  });
});

it('says what to run when the app is not built', async () => {
  const bare = await startTestApp({ overrides: { webDirectory: join(web.path, 'nothing') } });
  try {
    for (const path of ['/', '/c/1']) {
      const response = await bare.fetch(path, asBrowser);
      expect(response.status).toBe(503);
      expect(await response.text()).toContain('npm run build');
    }
  } finally {
    await bare.close();
  }
});
