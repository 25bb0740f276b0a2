import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { startCloudApiStub } from '../kit/cloud-api-stub.ts';
import type { CloudApiStub, StubAnswer } from '../kit/cloud-api-stub.ts';
import { expectSoon } from '../kit/benches/rest-bench.ts';
import { startServerProcess } from '../kit/server-process.ts';
import type { ServerProcess } from '../kit/server-process.ts';
import { createTempDirectory } from '../kit/temp-directory.ts';
import type { TempDirectory } from '../kit/temp-directory.ts';

jest.setTimeout(40_000); // stopping may take 10 s

let directory: TempDirectory;
let stub: CloudApiStub;
let server: ServerProcess;
let url: string;

beforeEach(async () => {
  directory = await createTempDirectory();
  stub = await startCloudApiStub();
  await start();
});
afterEach(async () => {
  server.kill('SIGKILL');
  await server.ended;
  await stub.close();
  await directory.remove();
});

async function start() {
  const environment = {
    DATA_DIR: join(directory.path, 'data'),
    WHATSAPP_TOKEN: 'test-token',
    WHATSAPP_PHONE_NUMBER_ID: '331190077250416',
    WHATSAPP_VERIFY_TOKEN: 'test-verify-token',
    WHATSAPP_API_BASE_URL: stub.url,
  };
  server = startServerProcess(environment, directory.path);
  url = await server.ready;
}

const tom = '447700900123';

const send = (message: string, to = tom) =>
  fetch(new URL('/plugins/whatsapp/messages/send', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': message },
    body: JSON.stringify({ to, message }),
  });

/** A request of which the head has arrived and the body has not. */
async function beginSend(message: string): Promise<{ socket: Socket; finish: () => void }> {
  const body = JSON.stringify({ to: tom, message });
  const { hostname, port, host } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  const path = '/plugins/whatsapp/messages/send';
  socket.write(
    `POST ${path} HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`,
  );
  return { socket, finish: () => socket.write(body) };
}

it('answers every request that it has taken, and sends nothing twice', async () => {
  let accept: (answer: StubAnswer) => void = () => undefined;
  const accepted = new Promise<StubAnswer>((resolve) => {
    accept = resolve;
  });
  stub.answerWith(() => accepted);
  // More at once than Node takes for a leak of listeners: not even a word of that.
  const people = [
    '15555550110',
    ...Array.from({ length: 11 }, (_, nth) => `2332012345${String(10 + nth)}`),
  ];
  const running = people.map((to) => send(`To ${to}`, to));
  const begun = await beginSend('Last');
  await expectSoon(() => {
    expect(stub.requests).toHaveLength(people.length);
  });

  server.kill('SIGTERM');
  await server.logged('stopping');
  const answer = text(begun.socket);
  begun.finish();
  const statuses = await Promise.all(running.map(async (request) => (await request).status));
  expect(statuses).toEqual(people.map(() => 202));
  expect(await answer).toMatch(/^HTTP\/1\.1 202 .*connection: close/is);
  accept({ kind: 'accept' });
  expect(await server.ended).toMatchObject({ code: 0, errors: '' });

  stub.answerWith(() => ({ kind: 'accept' }));
  await start();
  await expectSoon(() => {
    const texts = stub.requests.map(({ body }) => body['text']);
    expect(texts).toHaveLength(people.length + 1);
    for (const body of [...people.map((to) => `To ${to}`), 'Last'])
      expect(texts).toContainEqual(expect.objectContaining({ body }));
  });
  expect((await send('To 15555550110', '15555550110')).status).toBe(200);
  expect(stub.requests).toHaveLength(people.length + 1);
});

it('takes no new connections while it stops', async () => {
  const begun = await beginSend('1');
  server.kill('SIGINT');
  await server.logged('stopping');
  await expectSoon(async () => {
    await expect(fetch(new URL('/plugins/whatsapp/health', url))).rejects.toThrow('fetch failed');
  });
  begun.finish();
  expect((await server.ended).code).toBe(0);
});

it('does not wait for connections that nobody uses', async () => {
  const idle = connect(Number(new URL(url).port), new URL(url).hostname);
  await once(idle, 'connect');
  await fetch(new URL('/plugins/whatsapp/health', url)); // leaves one open, too
  const askedAt = Date.now();
  server.kill('SIGTERM');
  expect((await server.ended).code).toBe(0);
  expect(Date.now() - askedAt).toBeLessThan(5_000);
});

it('ends within 10 s, whatever a client does', async () => {
  await beginSend('1'); // and never goes on
  const askedAt = Date.now();
  server.kill('SIGTERM');
  expect((await server.ended).code).toBe(0);
  expect(Date.now() - askedAt).toBeLessThan(10_000);
});

it('ends at once at the second signal', async () => {
  await beginSend('1');
  server.kill('SIGINT');
  await server.logged('stopping');
  server.kill('SIGINT');
  expect((await server.ended).code).toBe(1);
});
