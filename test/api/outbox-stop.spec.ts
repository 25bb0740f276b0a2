import { amara, openOutboxBench, tom } from '../kit/benches/outbox-bench.ts';
import type { OutboxBench } from '../kit/benches/outbox-bench.ts';

jest.setTimeout(30_000); // a busy machine takes its time over real sockets and files

describe('stopping the outbox', () => {
  let bench: OutboxBench;
  beforeEach(async () => {
    bench = await openOutboxBench({ timeoutMs: 10_000 });
    bench.start();
  });
  afterEach(() => bench.close());

  it('waits for what is under way, and begins nothing new', async () => {
    let answer: () => void = () => undefined;
    const arrived = new Promise<void>((resolve) => {
      bench.stub.answerWith(async () => {
        resolve();
        await new Promise<void>((release) => {
          answer = release;
        });
        return { kind: 'accept' };
      });
    });
    const running = await bench.send(amara, 'one');
    await arrived;
    const stopped = bench.outbox.stop();
    const later = await bench.send(tom, 'two');
    answer();
    await stopped;
    expect(await bench.status(running.id)).toBe('SENT');
    expect(await bench.status(later.id)).toBe('QUEUED');
  });

  it('cuts off, as unknown, what takes longer than the time that a stop may take', async () => {
    const arrived = new Promise<void>((resolve) => {
      bench.stub.answerWith(() => {
        resolve();
        return { kind: 'silence' };
      });
    });
    const message = await bench.send(amara, 'one');
    await arrived;
    let hasStopped = false;
    const stopped = bench.outbox.stop().then(() => {
      hasStopped = true;
    });
    for (let seconds = 0; seconds < 8; seconds += 1) {
      expect(hasStopped).toBe(false);
      bench.tick(999);
      await new Promise((resolve) => setImmediate(resolve));
    }
    bench.tick(999);
    await stopped;
    expect(await bench.status(message.id)).toBe('UNKNOWN');
  });

  it('ends in time although the store is away', async () => {
    bench.stub.answerWith(() => {
      bench.setStoreAway(true);
      return { kind: 'accept' };
    });
    await bench.send(amara, 'one');
    await bench.idle();
    const startedAt = bench.clock.now();
    const stopped = bench.outbox.stop();
    const tick = setInterval(() => {
      bench.tick(200);
    }, 1);
    await stopped;
    clearInterval(tick);
    expect(bench.clock.now() - startedAt).toBeLessThan(10_000);
    bench.setStoreAway(false);
  });

  it('is safe twice, and before a start', async () => {
    await Promise.all([bench.outbox.stop(), bench.outbox.stop()]);
    const idle = await openOutboxBench();
    await idle.outbox.stop();
    await idle.close();
    expect(bench.stub.requests).toHaveLength(0);
  });
});
