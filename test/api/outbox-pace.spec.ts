import { secondMs } from '../../api/clock.ts';
import type { Instant } from '../../api/clock.ts';
import { amara, openOutboxBench } from '../kit/benches/outbox-bench.ts';
import type { OutboxBench } from '../kit/benches/outbox-bench.ts';

jest.setTimeout(30_000); // a busy machine takes its time over real sockets and files

describe("the outbox's pace", () => {
  let bench: OutboxBench;
  let times: Instant[];
  beforeEach(async () => {
    bench = await openOutboxBench();
    times = [];
    bench.stub.answerWith(() => {
      times.push(bench.clock.now());
      return { kind: 'accept' };
    });
  });
  afterEach(() => bench.close());

  const sendTo = (people: number) =>
    Promise.all(
      Array.from({ length: people }, (_, person) => bench.send(`1555555${1_000 + person}`, 'x')),
    );
  const mostWithin = (windowMs: number) =>
    Math.max(
      ...times.map((from) => times.filter((at) => at >= from && at < from + windowMs).length),
    );

  it('sends at most 80 in any second from one number, and little less', async () => {
    await sendTo(160);
    bench.start();
    await bench.advance(2.2 * secondMs);
    expect(times).toHaveLength(160);
    expect(mostWithin(secondMs)).toBeLessThanOrEqual(80);
    expect(mostWithin(secondMs)).toBeGreaterThan(70);
  });

  it('lets 45 go to one person at once, then one each 6 s', async () => {
    for (let count = 1; count <= 48; count += 1) await bench.send(amara, `text ${count}`);
    bench.start();
    await bench.advance(3 * secondMs);
    expect(times).toHaveLength(45);
    await bench.advance(20 * secondMs);
    await bench.idle();
    expect(times.slice(45).map((at) => at - (times[44] ?? 0) > 5 * secondMs)).toEqual([
      true,
      true,
      true,
    ]);
    expect(mostWithin(6 * secondMs - 1)).toBe(45);
    expect(bench.sentTexts()).toEqual(
      Array.from({ length: 48 }, (_, index) => `text ${index + 1}`),
    );
  });

  it('does not hold others up while one person has had enough', async () => {
    for (let count = 1; count <= 50; count += 1) await bench.send(amara, `text ${count}`);
    bench.start();
    await bench.advance(3 * secondMs);
    const other = await bench.send('447700900123', 'quick');
    await bench.idle();
    expect(await bench.status(other.id)).toBe('SENT');
    expect(times).toHaveLength(46);
  });

  it('has a bounded number of requests under way', async () => {
    let running = 0;
    let most = 0;
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    bench.stub.answerWith(async () => {
      running += 1;
      most = Math.max(most, running);
      if (running === 64) release();
      await gate;
      running -= 1;
      return { kind: 'accept' };
    });
    await sendTo(100);
    bench.start();
    const tick = setInterval(() => {
      bench.tick(20);
    }, 5);
    await gate;
    clearInterval(tick);
    await bench.advance(3 * secondMs);
    expect(most).toBe(64);
    expect(bench.stub.requests).toHaveLength(100);
  });
});
