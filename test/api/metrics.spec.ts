import { openRestBench } from '../kit/benches/rest-bench.ts';
import type { RestBench } from '../kit/benches/rest-bench.ts';

let bench: RestBench;
afterEach(() => bench.close());

async function numbers(): Promise<Map<string, number>> {
  const response = await bench.app.fetch('/metrics');
  expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  const lines = (await response.text()).split('\n');
  return new Map(
    lines
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => {
        const at = line.lastIndexOf(' ');
        return [line.slice(0, at), Number(line.slice(at + 1))];
      }),
  );
}

it('counts deliveries, elements and sends', async () => {
  bench = await openRestBench();
  await bench.amaraWrites('Hello');
  await bench.send({ to: '15555550142', message: 'Hello Amara' });
  const found = await numbers();
  expect(found.get('whatsapp_webhook_deliveries_total{outcome="stored"}')).toBe(1);
  expect(found.get('whatsapp_webhook_elements_total{result="APPLIED"}')).toBe(1);
  expect([...found].filter(([name]) => name.startsWith('whatsapp_sends_total'))).toEqual([
    [expect.stringMatching(/accepted/i), 1],
  ]);
  const stored = [...found].filter(([name]) => name.startsWith('whatsapp_store_seconds_count'));
  expect(stored.length).toBeGreaterThan(0);
});

it('tells how much waits in the outbox, and for how long', async () => {
  bench = await openRestBench({ overrides: { sendWaitMs: 1 } });
  const { stub, send, clock } = bench;
  stub.answerWith(() => ({ kind: 'silence' }));
  await send({ to: '15555550142', message: 'Hello' });
  clock.advance(7_000);
  const found = await numbers();
  expect(found.get('whatsapp_outbox_depth')).toBe(1);
  expect(found.get('whatsapp_outbox_oldest_age_seconds')).toBe(7);
  await stub.close();
});

it('tells about the process', async () => {
  bench = await openRestBench();
  expect((await numbers()).get('process_resident_memory_bytes')).toBeGreaterThan(1e6);
});
