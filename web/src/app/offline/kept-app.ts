const worker = '/sw.js';
const cacheStart = 'inbox-app.';

type WorkerContainer = Pick<ServiceWorkerContainer, 'register' | 'ready'>;

/**
 * Has the app itself kept, so that it opens without a network. Nothing where the page did not come
 * by HTTPS, or the browser keeps nothing.
 */
export async function keepApp({
  serviceWorker: workers,
}: { readonly serviceWorker?: WorkerContainer } = navigator): Promise<void> {
  if (workers === undefined) return;
  try {
    await workers.register(worker, { updateViaCache: 'none' });
    const { active } = await workers.ready;
    active?.postMessage(fetchedFiles());
  } catch {
    // Blocked by the browser, or the development server, which has no such file.
  }
}

/** The worker keeps the languages and names of emoji that are among them; it knows which are such. */
function fetchedFiles(): readonly string[] {
  return performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname);
}

/** Removes the app from this browser: the next sign-in keeps it again. */
export async function forgetApp({
  caches: storage,
}: { readonly caches?: Pick<CacheStorage, 'keys' | 'delete'> } = window): Promise<void> {
  if (storage === undefined) return;
  try {
    const names = (await storage.keys()).filter((name) => name.startsWith(cacheStart));
    await Promise.all(names.map((name) => storage.delete(name)));
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}
