import '@angular/localize/init';
import { readFileSync } from 'node:fs';
import { runInThisContext } from 'node:vm';
import type * as Zoneless from 'jest-preset-angular/setup-env/zoneless';

// Times and numbers are written alike wherever the tests run.
$localize.locale = 'en-GB';

// Most specs are of plain classes, and do without Angular's test environment: it takes longer than they do.
if (readFileSync(expect.getState().testPath ?? '', 'utf8').includes('@angular/')) {
  const { setupZonelessTestEnv } = jest.requireActual<typeof Zoneless>(
    'jest-preset-angular/setup-env/zoneless',
  );
  setupZonelessTestEnv({ errorOnUnknownElements: true, errorOnUnknownProperties: true });
}

// jsdom has no fetch and what belongs to it: Node's own, from outside of the sandbox of the test.
const missing = '({ fetch, Headers, Request, Response, structuredClone })';
Object.assign(globalThis, runInThisContext(missing));
