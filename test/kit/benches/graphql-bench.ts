import { minuteMs, secondMs } from '../../../api/clock.ts';
import { startCloudApiStub } from '../cloud-api-stub.ts';
import type { CloudApiStub } from '../cloud-api-stub.ts';
import { createFakeClock } from '../clock.ts';
import type { FakeClock } from '../clock.ts';
import { ask } from '../clients/graphql-client.ts';
import type { Answer, AskOptions } from '../clients/graphql-client.ts';
import { openTestStore } from '../store.ts';
import { startTestApp } from '../test-app.ts';
import type { TestApp, TestAppOptions } from '../test-app.ts';
import { watchStore } from './watched-store.ts';
import type { WatchedStore } from './watched-store.ts';
import { messagesChange, notification } from '../webhook-bodies.ts';

export interface Person {
  readonly phoneNumber: string;
  readonly name: string;
}

export const amara: Person = { phoneNumber: '15555550142', name: 'Amara Okafor' };
export const tom: Person = { phoneNumber: '447700900123', name: 'Tom Aldridge' };
export const lea: Person = { phoneNumber: '33639981234', name: 'Léa Fontaine' };
export const kiri: Person = { phoneNumber: '61491570156', name: 'Kiri Walker' };

export interface GraphQLBench {
  readonly app: TestApp;
  readonly stub: CloudApiStub;
  readonly clock: FakeClock;
  readonly watched: WatchedStore;
  readonly ask: (query: string, options?: AskOptions) => Promise<Answer>;
  /** One delivery with these texts of a person, a second apart, the last one a minute ago; gives their wamids. */
  readonly writes: (from: Person, ...texts: readonly string[]) => Promise<string[]>;
  /** One delivery with this message of a person, as Meta writes it. */
  readonly delivers: (from: Person, message: Readonly<Record<string, unknown>>) => Promise<string>;
  close(): Promise<void>;
}

/** A booted server before a stub of the Cloud API, on a store whose calls are counted. */
export async function openGraphQLBench(options: TestAppOptions = {}): Promise<GraphQLBench> {
  const stub = await startCloudApiStub();
  const clock = createFakeClock();
  const test = await openTestStore(clock);
  const watched = watchStore(test.store);
  const app = await startTestApp({
    ...options,
    whatsapp: { apiBaseUrl: stub.url, ...options.whatsapp },
    overrides: { clock, ids: test.ids, store: watched.store, ...options.overrides },
  });
  let written = 0;

  async function deliver(from: Person, messages: readonly unknown[]): Promise<void> {
    const contacts = [{ profile: { name: from.name }, wa_id: from.phoneNumber }];
    const response = await app.deliver(notification(messagesChange({ contacts, messages })));
    if (response.status !== 200) throw new Error(`Not delivered: ${response.status}`);
  }

  function envelope(from: Person, agoMs: number) {
    written += 1;
    const timestamp = String(Math.floor((clock.now() - agoMs) / secondMs));
    return { from: from.phoneNumber, id: `wamid.in-${written}`, timestamp };
  }

  return {
    app,
    stub,
    clock,
    watched,
    ask: (query, asked) => ask(app.url, query, asked),
    async writes(from, ...texts) {
      const messages = texts.map((body, index) => {
        const agoMs = minuteMs + (texts.length - 1 - index) * secondMs;
        return { ...envelope(from, agoMs), type: 'text', text: { body } };
      });
      await deliver(from, messages);
      return messages.map(({ id }) => id);
    },
    async delivers(from, message) {
      const whole = { ...envelope(from, minuteMs), ...message };
      await deliver(from, [whole]);
      return whole.id;
    },
    async close() {
      await app.close();
      await test.close();
      await stub.close();
    },
  };
}
