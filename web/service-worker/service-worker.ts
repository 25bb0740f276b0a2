/**
 * Opens the app without a network. It keeps the files of one build, which everybody may read, and
 * nothing else: no answer of the API ever passes through it. Compiled on its own, without imports.
 */
declare const self: ServiceWorkerGlobalScope;

/** Put before this by tools/site/service-worker.mjs. */
declare const build: {
  readonly name: string;
  /** Beside the page: `/main-….js`, `/favicon.svg` … */
  readonly files: readonly string[];
  /** Languages and the names of emoji in them: kept once somebody uses them. */
  readonly whenUsed: readonly string[];
};

const cacheStart = 'inbox-app.';
const cacheName = cacheStart + build.name;
const pagePath = '/';
/** A server that is there answers far sooner. */
const pageWithinMs = 5_000;

self.addEventListener('install', (event) => {
  // A newer build takes over at once: pages are asked for from the server first, whoever is in charge.
  event.waitUntil(fill([]).then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(takeOver());
});

self.addEventListener('message', (event) => {
  // A page that is signed in: a sign-out before may have emptied the cache. It says what it has fetched.
  if (Array.isArray(event.data)) event.waitUntil(fill(event.data));
});

self.addEventListener('fetch', (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== 'GET' || origin !== self.location.origin) return;
  if (mode !== 'navigate') {
    if (build.files.includes(pathname) || isOfABuild(pathname))
      event.respondWith(answerFile(event));
  } else if (pathname === pagePath || /^\/(chat|to)\//.test(pathname)) {
    event.respondWith(answerPage(event));
  }
});

/** The page comes last: where it is, everything that it names is there, too. */
async function fill(fetched: readonly unknown[]): Promise<void> {
  const cache = await caches.open(cacheName);
  for (const file of build.whenUsed) {
    // One that the build before had, too, was used there.
    const isUsed = fetched.includes(file) || (await caches.match(file)) !== undefined;
    if (isUsed && (await cache.match(file)) === undefined) await cache.add(file);
  }
  if ((await cache.match(pagePath)) !== undefined) return;
  await cache.addAll([...build.files]);
  const page = await fetch(pagePath, { cache: 'no-cache', headers: { accept: 'text/html' } });
  // A sign-in or maintenance page of a proxy is none of ours.
  if (!page.ok || page.redirected || !(await isOfThisBuild(page.clone()))) {
    throw new Error('The server has another build of the app by now.');
  }
  await cache.put(pagePath, page);
}

async function isOfThisBuild(page: Response): Promise<boolean> {
  const scripts = Array.from((await page.text()).matchAll(/<script src="([^"]+)"/g));
  return (
    scripts.length > 0 && scripts.every(([, script = '']) => build.files.includes(`/${script}`))
  );
}

async function takeOver(): Promise<void> {
  const others = (await caches.keys()).filter(
    (name) => name.startsWith(cacheStart) && name !== cacheName,
  );
  // Pages of the build before this one may still be open, and ask for a part of it.
  await Promise.all(others.slice(0, -1).map((name) => caches.delete(name)));
  // The page is asked for while this worker starts.
  await self.registration.navigationPreload.enable();
  await self.clients.claim();
}

/** From the server; only without an answer, or from one that cannot give it, as it was kept. */
async function answerPage(event: FetchEvent): Promise<Response> {
  const answer = pageFromServer(event).catch(() => null);
  const late = new Promise<null>((resolve) => setTimeout(resolve, pageWithinMs, null));
  const inTime = await Promise.race([answer, late]);
  if (inTime !== null && inTime.status < 500) return inTime;
  const kept = await caches.match(pagePath, { cacheName });
  return kept ?? (await answer) ?? Response.error();
}

async function pageFromServer(event: FetchEvent): Promise<Response> {
  const preloaded: unknown = await event.preloadResponse;
  return preloaded instanceof Response ? preloaded : fetch(event.request);
}

/** What a build names by its content is the same for ever. */
async function answerFile({ request }: FetchEvent): Promise<Response> {
  const { pathname } = new URL(request.url);
  const kept = () => caches.match(pathname, { ignoreVary: true });
  if (build.whenUsed.includes(pathname)) return (await kept()) ?? keepUsed(request, pathname);
  if (isOfABuild(pathname)) return (await kept()) ?? fetch(request);
  try {
    return await fetch(request);
  } catch {
    // No network.
    return (await kept()) ?? Response.error();
  }
}

/** Not after a sign-out, which leaves nothing. */
async function keepUsed(request: Request, pathname: string): Promise<Response> {
  const answer = await fetch(request);
  if (answer.ok && (await caches.has(cacheName)))
    await (await caches.open(cacheName)).put(pathname, answer.clone());
  return answer;
}

function isOfABuild(pathname: string): boolean {
  return /-[\w-]{8}\.\w+$/.test(pathname);
}
