import { TestBed } from '@angular/core/testing';
import { Subject } from 'rxjs';
import { settled } from '../../testing/settled';
import { LateApollo } from '../apollo/late-apollo';
import { LiveUpdates } from '../connection/live-updates';
import { NewerVersion } from './newer-version';

const page = (script: string): string => `<script src="${script}" type="module"></script>`;

describe('NewerVersion', () => {
  let connections: Subject<void>;
  let failures: Subject<void>;
  let answer: () => Promise<Response>;

  function start(ownScript = 'main-AAAA1111.js'): NewerVersion {
    document.body.innerHTML = page(ownScript);
    connections = new Subject();
    failures = new Subject();
    TestBed.configureTestingModule({
      providers: [
        { provide: LiveUpdates, useValue: { connections } },
        { provide: LateApollo, useValue: { failures } },
      ],
    });
    return TestBed.inject(NewerVersion);
  }

  beforeEach(() => {
    globalThis.fetch = () => answer();
    answer = () => Promise.resolve(new Response(page('main-AAAA1111.js')));
  });
  afterEach(() => {
    document.body.innerHTML = '';
  });

  it('is quiet while the same build is served', async () => {
    const newer = start();
    connections.next();
    connections.next();
    await settled();
    expect(newer.isServed()).toBe(false);
  });

  it('does not ask again what has just been served', async () => {
    const newer = start();
    answer = () => Promise.resolve(new Response(page('main-BBBB2222.js')));
    connections.next();
    await settled();
    expect(newer.isServed()).toBe(false);
  });

  it('notices another build when the connection is back', async () => {
    const newer = start();
    connections.next();
    answer = () => Promise.resolve(new Response(page('main-BBBB2222.js')));
    connections.next();
    await settled();
    expect(newer.isServed()).toBe(true);
  });

  it('notices another build when the way to the server is not served any more', async () => {
    const newer = start();
    failures.next();
    await settled();
    expect(newer.isServed()).toBe(false);
    answer = () => Promise.resolve(new Response(page('main-BBBB2222.js')));
    failures.next();
    await settled();
    expect(newer.isServed()).toBe(true);
  });

  it('notices another build when a person comes back to the page', async () => {
    jest.spyOn(document, 'hasFocus').mockReturnValue(true);
    jest.useFakeTimers();
    answer = () => Promise.resolve(new Response(page('main-BBBB2222.js')));
    const newer = start();
    expect(newer.isServed()).toBe(false);
    jest.advanceTimersByTime(6 * 60_000);
    TestBed.tick();
    jest.useRealTimers();
    await settled();
    expect(newer.isServed()).toBe(true);
  });

  it.each([
    [
      'an answer of something else',
      () => Promise.resolve(new Response('Bad gateway', { status: 502 })),
    ],
    ['a page without a build', () => Promise.resolve(new Response('<h1>Maintenance</h1>'))],
    ['no connection', () => Promise.reject(new TypeError('fetch failed'))],
  ])('takes %s for no news', async (_, given) => {
    const newer = start();
    answer = given;
    connections.next();
    connections.next();
    await settled();
    expect(newer.isServed()).toBe(false);
  });

  it('does not look where the page comes from the development server', async () => {
    const newer = start('main.js');
    answer = () => Promise.resolve(new Response(page('main-BBBB2222.js')));
    connections.next();
    connections.next();
    await settled();
    expect(newer.isServed()).toBe(false);
  });
});
