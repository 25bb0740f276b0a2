import { hourMs, minuteMs, secondMs } from '../../api/clock.ts';
import { amara, openOutboxBench } from '../kit/benches/outbox-bench.ts';
import type { OutboxBench } from '../kit/benches/outbox-bench.ts';

jest.setTimeout(30_000); // a busy machine takes its time over real sockets and files

describe('the outbox after its clock was set back', () => {
  let bench: OutboxBench;
  beforeEach(async () => {
    bench = await openOutboxBench();
  });
  afterEach(() => bench.close());

  it('sends what was queued before, in order', async () => {
    for (const text of ['one', 'two', 'three']) await bench.send(amara, text);
    bench.clock.advance(-hourMs);
    bench.start();
    await bench.advance(secondMs);
    expect(bench.sentTexts()).toEqual(['one', 'two', 'three']);
  });

  it('does not wait for one whose sender is gone', async () => {
    const arrived = new Promise<void>((resolve) => {
      bench.stub.answerWith(() => {
        resolve();
        return { kind: 'silence' };
      });
    });
    bench.start();
    const lost = await bench.send(amara, 'one');
    await arrived;
    const next = await bench.send(amara, 'two');
    bench.stub.answerWith(() => ({ kind: 'accept' }));
    bench.clock.advance(-hourMs);
    bench.crash();
    await bench.advance(45 * secondMs);
    expect(await bench.status(lost.id)).toBe('UNKNOWN');
    expect(await bench.status(next.id)).toBe('SENT');
  });

  it('waits no longer than a quarter of an hour with a read receipt, whatever WhatsApp asks for', async () => {
    const headers = { 'retry-after': '7200' };
    bench.stub.answerWith(() => ({ kind: 'refuse', code: 4, headers }));
    bench.start();
    await bench.receive(amara, 'wamid.one');
    const conversation = await bench.conversations.byPhoneNumber(amara);
    await bench.conversations.markRead(conversation?.id ?? '', null);
    await bench.advance(15 * minuteMs - 1);
    expect(bench.stub.requests).toHaveLength(1);
    await bench.advance(1);
    await bench.idle();
    expect(bench.stub.requests).toHaveLength(2);
  });
});
