import { createHmac } from 'node:crypto';
import { pino } from 'pino';
import { createApp } from '../../api/app.ts';
import type { AppOverrides } from '../../api/app.ts';
import type { Config, HttpConfig, WhatsAppConfig } from '../../api/config.ts';
import { createTempDirectory } from './temp-directory.ts';

export interface TestApp {
  /** Where it listens, for example `http://localhost:40123`; a restart keeps it. */
  readonly url: string;
  readonly config: Config;
  readonly directory: string;
  /** A request to a path of it. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** A webhook delivery, signed as Meta signs. */
  deliver(body: Buffer | string): Promise<Response>;
  /** Stops it and starts it again on the same directory and port. */
  restart(): Promise<void>;
  /** Stops it, and starts nothing. */
  stop(): Promise<void>;
  /** Stops it and removes its directory. Safe twice. */
  close(): Promise<void>;
}

export interface TestAppOptions {
  readonly whatsapp?: Partial<WhatsAppConfig>;
  readonly http?: Partial<HttpConfig>;
  readonly config?: Partial<Omit<Config, 'whatsapp' | 'http'>>;
  readonly overrides?: AppOverrides;
}

export const testAppSecret = 'test-app-secret';
export const testVerifyToken = 'test-verify-token';
export const testPhoneNumberId = '331190077250416';

/** The whole server on a port and a directory of its own, configured (green) unless told otherwise. */
export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const directory = await createTempDirectory();
  const overrides = { log: pino({ level: 'silent' }), ...options.overrides };
  let config = testConfig(directory.path, options);
  let app = createApp(config, overrides);
  const { url } = await app.start();
  return {
    url,
    get config() {
      return config;
    },
    directory: directory.path,
    fetch: (path, init) => fetch(new URL(path, url), init),
    deliver: (body) => {
      const hmac = createHmac('sha256', config.whatsapp.appSecret ?? '').update(body);
      return fetch(new URL('/plugins/whatsapp/webhook', url), {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-hub-signature-256': `sha256=${hmac.digest('hex')}`,
        },
        body: typeof body === 'string' ? body : new Uint8Array(body),
      });
    },
    async restart() {
      await app.stop();
      config = { ...config, http: { ...config.http, port: Number(new URL(url).port) } };
      app = createApp(config, overrides);
      await app.start();
    },
    stop: () => app.stop(),
    async close() {
      await app.stop();
      await directory.remove();
    },
  };
}

export function testConfig(directory: string, options: TestAppOptions = {}): Config {
  return {
    whatsapp: {
      token: 'test-token',
      phoneNumberIds: [testPhoneNumberId],
      verifyToken: testVerifyToken,
      appSecret: testAppSecret,
      apiVersion: 'v26.0',
      // Nobody listens there: a test that sends brings its own.
      apiBaseUrl: 'http://127.0.0.1:9',
      allowsUnsignedWebhooks: false,
      missingSettings: [],
      ...options.whatsapp,
    },
    http: {
      port: 0,
      host: '127.0.0.1',
      publicUrl: null,
      allowedOrigins: [],
      apiKey: null,
      ...options.http,
    },
    store: { kind: 'embedded', directory },
    journalDays: 7,
    logLevel: 'silent',
    warnings: [],
    ...options.config,
  };
}
