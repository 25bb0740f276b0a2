import { hourMs, secondMs } from '../../api/clock.ts';
import type { StubAnswer } from '../kit/cloud-api-stub.ts';
import { amara, openOutboxBench, tom } from '../kit/benches/outbox-bench.ts';
import type { OutboxBench } from '../kit/benches/outbox-bench.ts';

jest.setTimeout(30_000); // a busy machine takes its time over real sockets and files

const rejected = (code = 190): StubAnswer => ({ kind: 'refuse', status: 401, code });

describe('the outbox, when WhatsApp does not accept the token', () => {
  let bench: OutboxBench;
  beforeEach(async () => {
    bench = await openOutboxBench();
    bench.start();
  });
  afterEach(() => bench.close());

  it.each([0, 190])('pauses as a whole at code %i and says what to do', async (code) => {
    bench.stub.answerWith(() => rejected(code));
    expect(bench.outbox.pausedReason()).toBeNull();
    const message = await bench.send(amara, 'one');
    await bench.idle();
    expect(bench.outbox.pausedReason()).toContain('WHATSAPP_TOKEN');
    expect(await bench.status(message.id)).toBe('QUEUED');
  });

  it('asks once in 30 s, with one message, whatever waits', async () => {
    bench.stub.answerWith(() => rejected());
    for (let person = 0; person < 20; person += 1)
      await bench.send(`1555555${1_000 + person}`, 'x');
    await bench.advance(3 * secondMs);
    const before = bench.stub.requests.length;
    await bench.advance(300 * secondMs);
    const probes = bench.stub.requests.length - before;
    expect(probes).toBeGreaterThanOrEqual(9);
    expect(probes).toBeLessThanOrEqual(11);
  });

  it('goes on by itself when the token works again, each message once and in order', async () => {
    bench.stub.answerWith(() => rejected());
    const one = await bench.send(amara, 'one');
    await bench.idle();
    const two = await bench.send(amara, 'two');
    const other = await bench.send(tom, 'other');
    await bench.advance(10 * secondMs);
    let accepted: string[] = [];
    bench.stub.answerWith(() => {
      accepted = [...accepted, bench.sentTexts().at(-1) ?? ''];
      return { kind: 'accept' };
    });
    await bench.advance(30 * secondMs);
    expect(bench.outbox.pausedReason()).toBeNull();
    expect(accepted.toSorted()).toEqual(['one', 'other', 'two']);
    expect(accepted.indexOf('one')).toBeLessThan(accepted.indexOf('two'));
    for (const { id } of [one, two, other]) expect(await bench.status(id)).toBe('SENT');
  });

  it('asks soon when somebody sends something new, but not for each of many', async () => {
    bench.stub.answerWith(() => rejected());
    await bench.send(amara, 'one');
    await bench.idle();
    bench.stub.answerWith(() => ({ kind: 'accept' }));
    const next = await bench.send(tom, 'two');
    await bench.advance(secondMs);
    await bench.idle();
    expect(await bench.status(next.id)).toBe('SENT');

    bench.stub.answerWith(() => rejected());
    await bench.send(amara, 'three');
    await bench.idle();
    const before = bench.stub.requests.length;
    for (let count = 0; count < 10; count += 1) {
      await bench.send(tom, `text ${count}`);
      await bench.advance(100);
    }
    expect(bench.stub.requests.length - before).toBeLessThanOrEqual(1);
  });

  it('asks at the start of a new process', async () => {
    bench.stub.answerWith(() => rejected());
    const message = await bench.send(amara, 'one');
    await bench.idle();
    bench.stub.answerWith(() => ({ kind: 'accept' }));
    bench.crash();
    await bench.idle();
    expect(await bench.status(message.id)).toBe('SENT');
  });

  it('goes on when the probe is refused for a reason of its own', async () => {
    const answers = [rejected(), { kind: 'refuse', code: 131026 } as const];
    bench.stub.answerWith(() => answers.shift() ?? { kind: 'accept' });
    const bad = await bench.send('15555551999', 'one');
    await bench.idle();
    const good = await bench.send(tom, 'two');
    await bench.advance(2 * secondMs);
    expect(bench.outbox.pausedReason()).toBeNull();
    expect([await bench.status(bad.id), await bench.status(good.id)]).toEqual(['FAILED', 'SENT']);
  });

  it('stays paused while a probe gets no answer', async () => {
    const answers: StubAnswer[] = [rejected(), { kind: 'reset' }];
    bench.stub.answerWith(() => answers.shift() ?? rejected());
    await bench.send(amara, 'one');
    await bench.advance(31 * secondMs);
    expect(bench.stub.requests).toHaveLength(2);
    expect(bench.outbox.pausedReason()).not.toBeNull();
  });

  it('fails what becomes too old meanwhile, without asking WhatsApp', async () => {
    await bench.receive(amara);
    bench.clock.advance(24 * hourMs - 60 * secondMs);
    bench.stub.answerWith(() => rejected());
    const late = [];
    for (const text of ['one', 'two', 'three']) late.push(await bench.send(amara, text));
    await bench.advance(50 * secondMs);
    const asked = bench.stub.requests.length;
    await bench.advance(60 * secondMs);
    for (const { id } of late) expect(await bench.status(id)).toBe('FAILED');
    expect(bench.stub.requests.length - asked).toBeLessThanOrEqual(1);
  });

  it('tells of reads when the token works again, even when nothing is to be sent', async () => {
    bench.stub.answerWith(() => rejected());
    await bench.receive(amara, 'wamid.theirs');
    const conversation = await bench.conversations.byPhoneNumber(amara);
    await bench.conversations.markRead(conversation?.id ?? '', null);
    await bench.idle();
    expect(bench.outbox.pausedReason()).not.toBeNull();
    bench.stub.answerWith(() => ({ kind: 'accept' }));
    await bench.advance(30 * secondMs);
    expect(bench.outbox.pausedReason()).toBeNull();
    expect(bench.stub.requests.at(-1)?.body).toMatchObject({ message_id: 'wamid.theirs' });
  });
});

describe('the outbox without a token', () => {
  it('leaves what is queued alone', async () => {
    const bench = await openOutboxBench({ token: null });
    bench.start();
    const message = await bench.send(amara, 'one');
    await bench.advance(60 * secondMs);
    expect(await bench.status(message.id)).toBe('QUEUED');
    expect((await bench.message(message.id)).delivery.attempt).toBe(0);
    await bench.close();
  });
});
