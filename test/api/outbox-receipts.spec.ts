import { hourMs, secondMs } from '../../api/clock.ts';
import type { StubAnswer } from '../kit/cloud-api-stub.ts';
import { amara, openOutboxBench, tom } from '../kit/benches/outbox-bench.ts';
import type { OutboxBench } from '../kit/benches/outbox-bench.ts';

jest.setTimeout(30_000); // a busy machine takes its time over real sockets and files

describe('read receipts', () => {
  let bench: OutboxBench;
  beforeEach(async () => {
    bench = await openOutboxBench();
    bench.start();
  });
  afterEach(() => bench.close());

  const script = (...answers: readonly StubAnswer[]) => {
    const left = [...answers];
    bench.stub.answerWith(() => left.shift() ?? { kind: 'accept' });
  };
  const told = () => bench.stub.requests.map(({ body }) => body['message_id']);
  async function read(from: string): Promise<void> {
    const conversation = await bench.conversations.byPhoneNumber(from);
    await bench.conversations.markRead(conversation?.id ?? '', null);
  }

  it('tell WhatsApp of the newest message that was read, once', async () => {
    await bench.receive(amara, 'wamid.one');
    bench.clock.advance(secondMs);
    await bench.receive(amara, 'wamid.two');
    await read(amara);
    await bench.idle();
    await read(amara);
    await bench.advance(60 * secondMs);
    expect(told()).toEqual(['wamid.two']);
  });

  it('are told again after an answer that leaves it open', async () => {
    script({ kind: 'reset' }, { kind: 'raw', status: 500, body: '' }, { kind: 'refuse', code: 2 });
    await bench.receive(amara, 'wamid.one');
    await read(amara);
    await bench.advance(20 * secondMs);
    expect(told()).toHaveLength(4);
  });

  it('are given up when WhatsApp refuses for good', async () => {
    script({ kind: 'refuse', code: 131009 });
    await bench.receive(amara, 'wamid.one');
    await read(amara);
    await bench.advance(hourMs, 60 * secondMs);
    expect(told()).toHaveLength(1);
  });

  it('are given up after a dozen tries', async () => {
    bench.stub.answerWith(() => ({ kind: 'refuse', code: 2 }));
    await bench.receive(amara, 'wamid.one');
    await read(amara);
    await bench.advance(2 * hourMs, 60 * secondMs);
    expect(told()).toHaveLength(12);
  });

  it('of a newer message have tries of their own', async () => {
    bench.stub.answerWith(() => ({ kind: 'refuse', code: 2 }));
    await bench.receive(amara, 'wamid.one');
    await read(amara);
    for (let minutes = 0; told().length < 11; minutes += 1) {
      expect(minutes).toBeLessThan(60);
      await bench.advance(60 * secondMs, 60 * secondMs);
    }
    await bench.receive(amara, 'wamid.two');
    await read(amara);
    await bench.idle();
    script();
    await bench.advance(60 * secondMs);
    expect(told().slice(11)).toEqual(['wamid.two', 'wamid.two']);
  });

  it('of different people do not wait for each other', async () => {
    bench.stub.answerWith(({ body }) =>
      body['message_id'] === 'wamid.one' ? { kind: 'refuse', code: 2 } : { kind: 'accept' },
    );
    await bench.receive(amara, 'wamid.one');
    await bench.receive(tom, 'wamid.other');
    await read(amara);
    await read(tom);
    await bench.idle();
    expect(told()).toEqual(['wamid.one', 'wamid.other']);
  });

  it('survive a crash', async () => {
    const arrived = new Promise<void>((resolve) => {
      bench.stub.answerWith(() => {
        resolve();
        return { kind: 'silence' };
      });
    });
    await bench.receive(amara, 'wamid.one');
    await read(amara);
    await arrived;
    bench.crash();
    script();
    await bench.advance(40 * secondMs);
    expect(told()).toEqual(['wamid.one', 'wamid.one']);
  });
});
