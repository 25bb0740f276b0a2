import { forgetApp, keepApp } from './kept-app';

function workers(register: () => Promise<unknown>) {
  const told: unknown[] = [];
  const active = { postMessage: (word: unknown) => told.push(word) };
  const ready = Promise.resolve({ active });
  const asked = jest.fn(register);
  const container = { register: asked, ready } as unknown as ServiceWorkerContainer;
  return { told, asked, container };
}

describe('the app in the browser', () => {
  it('is kept by a service worker, which is asked for past all caches', async () => {
    const { told, asked, container } = workers(() => Promise.resolve());
    const names = [
      'https://inbox.example.com/chunk-DE345678.js',
      'https://inbox.example.com/favicon.svg',
    ];
    Object.assign(performance, { getEntriesByType: () => names.map((name) => ({ name })) });
    await keepApp({ serviceWorker: container });
    expect(asked).toHaveBeenCalledWith('/sw.js', { updateViaCache: 'none' });
    expect(told).toEqual([['/chunk-DE345678.js', '/favicon.svg']]);
  });

  it('is not kept where the browser does not want to, or cannot', async () => {
    const { told, container } = workers(() =>
      Promise.reject(new DOMException('', 'SecurityError')),
    );
    await keepApp({ serviceWorker: container });
    await keepApp({});
    expect(told).toEqual([]);
  });

  it('is forgotten with all its builds, and nothing else is', async () => {
    const names = ['inbox-app.one', 'of another app', 'inbox-app.two'];
    const gone: string[] = [];
    const caches = {
      keys: () => Promise.resolve(names),
      delete: (name: string) => Promise.resolve(gone.push(name) > 0),
    };
    await forgetApp({ caches });
    await forgetApp({});
    await forgetApp({ caches: { ...caches, keys: () => Promise.reject(new Error('blocked')) } });
    expect(gone).toEqual(['inbox-app.one', 'inbox-app.two']);
  });
});
