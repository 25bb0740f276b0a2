import '@angular/localize/init';
import { runInThisContext } from 'node:vm';
import { setupZonelessTestEnv } from 'jest-preset-angular/setup-env/zoneless';

// Times and numbers are written alike wherever the tests run.
$localize.locale = 'en-GB';

setupZonelessTestEnv({ errorOnUnknownElements: true, errorOnUnknownProperties: true });

// jsdom has no fetch and what belongs to it: Node's own, from outside of the sandbox of the test.
const missing = '({ fetch, Headers, Request, Response, structuredClone })';
Object.assign(globalThis, runInThisContext(missing));
