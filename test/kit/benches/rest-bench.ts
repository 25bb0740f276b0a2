import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import { startCloudApiStub } from '../cloud-api-stub.ts';
import type { CloudApiStub } from '../cloud-api-stub.ts';
import { createFakeClock } from '../clock.ts';
import type { FakeClock } from '../clock.ts';
import { createAnswerChecker } from '../openapi-checker.ts';
import { startTestApp } from '../test-app.ts';
import type { TestApp, TestAppOptions } from '../test-app.ts';
import { fromAmara, textOfAmara } from '../webhook-bodies.ts';

export const restRoot = '/plugins/whatsapp';
export const amara = '15555550142';
export const tom = '447700900123';

const bodyForm = z.looseObject({
  id: z.string().optional(),
  type: z.string().optional(),
  status: z.union([z.string(), z.number()]).optional(),
  detail: z.string().optional(),
  issues: z.array(z.object({ path: z.array(z.string()), message: z.string() })).default([]),
  warnings: z.array(z.string()).default([]),
  messages: z.array(z.looseObject({ message: z.string() })).default([]),
  conversations: z.array(z.looseObject({ phone_number: z.string().nullable() })).default([]),
  next: z.string().nullish(),
  previous: z.string().nullish(),
  closed_at: z.string().nullish(),
});

export interface RestAnswer {
  readonly status: number;
  readonly mediaType: string | undefined;
  /** As it came, for `toEqual`. */
  readonly json: unknown;
  /** Its usual members, typed. */
  readonly body: z.infer<typeof bodyForm>;
}

/** A booted server before a stub of the Cloud API; every answer is held against its OpenAPI document. */
export interface RestBench {
  readonly app: TestApp;
  readonly stub: CloudApiStub;
  readonly clock: FakeClock;
  readonly ask: (method: string, path: string, init?: RequestInit) => Promise<RestAnswer>;
  readonly get: (path: string) => Promise<RestAnswer>;
  /** POST messages/send; a text goes out as it is. */
  readonly send: (body: unknown, headers?: Record<string, string>) => Promise<RestAnswer>;
  /** A text of Amara's, so many seconds before now. */
  readonly amaraWrites: (text: string, secondsAgo?: number) => Promise<void>;
  close(): Promise<void>;
}

export async function openRestBench(options: TestAppOptions = {}): Promise<RestBench> {
  const stub = await startCloudApiStub();
  const clock = createFakeClock();
  const app = await startTestApp({
    ...options,
    whatsapp: { apiBaseUrl: stub.url, ...options.whatsapp },
    overrides: { clock, ...options.overrides },
  });
  const fault = createAnswerChecker(await (await app.fetch(`${restRoot}/openapi.json`)).json());

  async function ask(method: string, path: string, init: RequestInit = {}): Promise<RestAnswer> {
    const response = await app.fetch(restRoot + path, { method, ...init });
    const json: unknown = await response.json();
    expect(fault({ method, path: restRoot + path }, response, json)).toBeNull();
    const mediaType = response.headers.get('content-type')?.split(';', 1)[0];
    return { status: response.status, mediaType, json, body: bodyForm.parse(json) };
  }

  return {
    app,
    stub,
    clock,
    ask,
    get: (path) => ask('GET', path),
    send: (body, headers = {}) =>
      ask('POST', '/messages/send', {
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    async amaraWrites(text, secondsAgo = 60) {
      const id = `wamid.${Buffer.from(text).toString('hex')}`;
      const timestamp = String(Math.floor(clock.now() / 1000) - secondsAgo);
      const response = await app.deliver(
        fromAmara(textOfAmara({ id, timestamp, text: { body: text } })),
      );
      expect(response.status).toBe(200);
    },
    async close() {
      await app.close();
      await stub.close();
    },
  };
}

/** Asks again until it holds, for what happens after an answer. */
export async function expectSoon(check: () => Promise<void> | void): Promise<void> {
  const giveUpAt = Date.now() + 5_000;
  for (;;) {
    try {
      await check();
      return;
    } catch (error) {
      if (Date.now() > giveUpAt) throw error;
      await nextTurn();
    }
  }
}
