import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { builtSite as site } from './kit/browser/site.ts';

const source = readFileSync(join(site, 'sw.js'), 'utf8');
const indexPage = readFileSync(join(site, 'index.html'), 'utf8');
const origin = 'https://inbox.example.com';
type Listener = (event: Record<string, unknown>) => void;

/** Nobody waits for it at the end of a test. */
const later = (work: (value: unknown) => void, ms: number, value: unknown): void => {
  setTimeout(work, ms, value).unref();
};

/** The built worker, in a browser that is made of its caches and of what the network answers. */
class Worker {
  readonly stored = new Map<string, Map<string, Response>>();
  readonly asked: string[] = [];
  answer: (path: string) => Response | Promise<Response>;
  private readonly listeners = new Map<string, Listener>();

  constructor(answer: (path: string) => Response | Promise<Response> = (path) => this.file(path)) {
    this.answer = answer;
    const network = async (input: string | Request): Promise<Response> => {
      const { pathname } = new URL(typeof input === 'string' ? input : input.url, origin);
      this.asked.push(pathname);
      return this.answer(pathname);
    };
    const caches = {
      has: (name: string) => Promise.resolve(this.stored.has(name)),
      keys: () => Promise.resolve([...this.stored.keys()]),
      open: (name: string) => Promise.resolve(this.cache(name, network)),
      match: (path: string) => {
        for (const cache of this.stored.values()) {
          const kept = cache.get(path);
          if (kept !== undefined) return Promise.resolve(kept.clone());
        }
        return Promise.resolve(undefined);
      },
    };
    const self = {
      location: { origin },
      addEventListener: (type: string, listener: Listener) => this.listeners.set(type, listener),
      skipWaiting: () => Promise.resolve(),
    };
    runInContext(
      source,
      createContext({ self, caches, fetch: network, Response, URL, setTimeout: later }),
    );
  }

  get files(): readonly string[] {
    return [...(this.stored.values().next().value?.keys() ?? [])];
  }

  install(): Promise<unknown> {
    return this.tell('install', {});
  }
  use(paths: readonly string[]): Promise<unknown> {
    return this.tell('message', { data: paths });
  }
  /** What a page gets for what it asks. */
  async ask(path: string, mode: 'navigate' | 'cors' = 'cors'): Promise<Response | null> {
    let response: Promise<Response> | null = null;
    const request = { method: 'GET', mode, url: origin + path };
    const respondWith = (answer: Promise<Response>): void => {
      response = answer;
    };
    await this.tell('fetch', { request, respondWith, preloadResponse: Promise.resolve(undefined) });
    return response;
  }

  file(path: string): Response {
    return new Response(readFileSync(join(site, path === '/' ? 'index.html' : path)));
  }

  private async tell(type: string, event: Record<string, unknown>): Promise<unknown> {
    const work: unknown[] = [];
    this.listeners.get(type)?.({ ...event, waitUntil: (promise: unknown) => work.push(promise) });
    return Promise.all(work);
  }

  private cache(name: string, network: (path: string) => Promise<Response>) {
    const files = this.stored.get(name) ?? new Map<string, Response>();
    this.stored.set(name, files);
    return {
      match: (path: string) => Promise.resolve(files.get(path)?.clone()),
      put: (path: string, response: Response) => {
        files.set(path, response);
        return Promise.resolve();
      },
      add: async (path: string) => {
        files.set(path, await network(path));
      },
      addAll: async (paths: readonly string[]) => {
        for (const path of paths) files.set(path, await network(path));
      },
    };
  }
}

const scripts = [...indexPage.matchAll(/<script src="([^"]+)"/g)].map(
  ([, path = '']) => `/${path}`,
);

describe('the service worker', () => {
  it('keeps the page, and what it names at once', async () => {
    const worker = new Worker();
    await worker.install();
    expect(worker.files).toEqual(expect.arrayContaining(['/', '/favicon.svg', ...scripts]));
    worker.answer = () => Promise.reject(new TypeError('Failed to fetch'));
    expect(await (await worker.ask('/chat/cnv_1', 'navigate'))?.text()).toBe(indexPage);
    expect((await worker.ask(scripts[0] ?? ''))?.ok).toBe(true);
    expect(await worker.ask('/session')).toBeNull();
  });

  it.each<[string, () => Response]>([
    [
      'a sign-in page that it was led to',
      () => Object.defineProperty(new Response(indexPage), 'redirected', { value: true }),
    ],
    ['a page of a proxy, without a script', () => new Response('<h1>Sign in</h1>')],
    ['a page with other scripts', () => new Response('<script src="main-OTHER678.js">')],
    ['an error page', () => new Response(indexPage, { status: 503 })],
  ])('keeps no page that is none of this build: %s', async (_name, pageOfProxy) => {
    const worker = new Worker();
    worker.answer = (path) => (path === '/' ? pageOfProxy() : worker.file(path));
    await expect(worker.install()).rejects.toThrow('another build');
    expect(worker.files).not.toContain('/');
  });

  it('shows the kept page instead of what a proxy says of a server that is away', async () => {
    const worker = new Worker();
    await worker.install();
    worker.answer = () => new Response('Bad gateway', { status: 502 });
    expect(await (await worker.ask('/', 'navigate'))?.text()).toBe(indexPage);
    // What a proxy with a sign-in of its own answers is for the person to see.
    worker.answer = () => new Response('Sign in', { status: 401 });
    expect((await worker.ask('/', 'navigate'))?.status).toBe(401);
  });

  it('shows the kept page when the network is silent', async () => {
    jest.useFakeTimers();
    const worker = new Worker();
    await worker.install();
    worker.answer = () => new Promise(() => undefined);
    const page = worker.ask('/', 'navigate');
    await jest.advanceTimersByTimeAsync(5_000);
    expect(await (await page)?.text()).toBe(indexPage);
    jest.useRealTimers();
  });

  describe('languages and names of emoji', () => {
    const built = /const build = (\{.*\});/.exec(source)?.[1] ?? '{}';
    const parsed: unknown = JSON.parse(built);
    const { whenUsed: used = [] } = parsed as { whenUsed?: readonly string[] };
    const [language = '', other = ''] = used;

    it('are told from the rest of the app: five languages, and six with names', () => {
      expect(used).toHaveLength(11);
      expect(scripts.filter((path) => used.includes(path))).toEqual([]);
    });

    it('are not fetched unless they are used', async () => {
      const worker = new Worker();
      await worker.install();
      expect(worker.asked.filter((path) => used.includes(path))).toEqual([]);
      const bytes = worker.files
        .filter((path) => path.endsWith('.js'))
        .reduce((sum, path) => sum + statSync(join(site, `${path}.br`)).size, 0);
      process.stdout.write(
        `\nkept for times without a network: ${String(bytes)} bytes of scripts\n`,
      );
      expect(bytes).toBeLessThan(220_000);
    });

    it('are kept once the page says that it has used them, and nothing else is', async () => {
      const worker = new Worker();
      await worker.install();
      await worker.use([language, '/graphql', '/media/secret.png']);
      await worker.use([language]);
      expect(worker.asked.filter((path) => path === language)).toHaveLength(1);
      expect(worker.files).toContain(language);
      expect(worker.asked).not.toContain('/graphql');
    });

    it('are kept when they are asked for, of this build and while the app is kept', async () => {
      const worker = new Worker();
      await worker.install();
      await worker.ask(other);
      worker.answer = () => Promise.reject(new TypeError('Failed to fetch'));
      expect((await worker.ask(other))?.ok).toBe(true);
      const signedOut = new Worker();
      await signedOut.ask(other);
      expect(signedOut.stored.size).toBe(0);
    });

    it('are kept on by the next build', async () => {
      const worker = new Worker();
      worker.stored.set('inbox-app.before', new Map([[language, new Response('')]]));
      await worker.install();
      expect(worker.asked.filter((path) => used.includes(path))).toEqual([language]);
    });

    it('are not kept where they could not be had', async () => {
      const worker = new Worker();
      await worker.install();
      worker.answer = () => new Response('Bad gateway', { status: 502 });
      await worker.ask(other);
      expect(worker.files).not.toContain(other);
    });
  });
});
