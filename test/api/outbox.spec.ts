import { hourMs, secondMs } from '../../api/clock.ts';
import type { MessageId } from '../../api/ids.ts';
import { adviceFor } from '../../api/whatsapp/error-codes.ts';
import type { StubAnswer, StubRequest } from '../kit/cloud-api-stub.ts';
import { amara, openOutboxBench, tom } from '../kit/benches/outbox-bench.ts';
import type { OutboxBench } from '../kit/benches/outbox-bench.ts';

jest.setTimeout(30_000); // a busy machine takes its time over real sockets and files

const neverNull = (): never => {
  throw new Error('There is no failure');
};

describe('the outbox', () => {
  let bench: OutboxBench;
  beforeEach(async () => {
    bench = await openOutboxBench();
    bench.start();
  });
  afterEach(() => bench.close());

  /** Answers in this order, then accepts. */
  const script = (...answers: readonly StubAnswer[]) => {
    const left = [...answers];
    bench.stub.answerWith(() => left.shift() ?? { kind: 'accept' });
  };
  const to = (request: StubRequest) => String(request.body['to']);
  const failureOf = async (id: MessageId) => (await bench.message(id)).delivery.failure;

  it('sends what is queued at once, and knows it by its wamid', async () => {
    script({ kind: 'accept', wamid: 'wamid.first' });
    const message = await bench.send(amara, 'Hello');
    await bench.idle();
    expect(await bench.message(message.id)).toMatchObject({
      wamid: 'wamid.first',
      delivery: { stage: 'ACCEPTED', attempt: 1 },
    });
    expect(bench.stub.requests[0]?.body).toMatchObject({
      to: `+${amara}`,
      biz_opaque_callback_data: message.id,
    });
  });

  it('keeps the order of a chat while its first message is tried again, and lets others go on', async () => {
    bench.stub.answerWith((request) =>
      to(request) === `+${amara}` && bench.sentTexts().length < 3
        ? { kind: 'refuse', code: 131016 }
        : { kind: 'accept' },
    );
    for (const text of ['one', 'two', 'three']) await bench.send(amara, text);
    await bench.send(tom, 'other');
    await bench.idle();
    expect(new Set(bench.sentTexts())).toEqual(new Set(['one', 'other']));
    await bench.advance(10 * secondMs);
    const toAmara = bench.sentTexts().filter((text) => text !== 'other');
    expect(toAmara.filter((text) => text !== 'one')).toEqual(['two', 'three']);
    expect(toAmara.lastIndexOf('one')).toBeLessThan(toAmara.indexOf('two'));
  });

  it('sends once, however often and from wherever it is woken', async () => {
    const message = await bench.send(amara, 'Hello');
    for (let count = 0; count < 50; count += 1) bench.outbox.wake();
    await bench.idle();
    bench.outbox.wake();
    bench.outbox.start();
    await bench.idle();
    expect(bench.stub.requests).toHaveLength(1);
    expect(await bench.status(message.id)).toBe('SENT');
  });

  it('waits longer after each refusal that passes, and numbers its attempts', async () => {
    script(...Array.from({ length: 4 }, () => ({ kind: 'refuse', code: 2 }) as const));
    const message = await bench.send(amara, 'Hello');
    await bench.idle();
    const seen = [bench.stub.requests.length];
    for (const seconds of [1, 2, 4, 8]) {
      await bench.advance(seconds * secondMs);
      seen.push(bench.stub.requests.length);
    }
    await bench.idle();
    expect(seen).toEqual([1, 2, 3, 4, 5]);
    expect(bench.stub.requests.at(-1)?.body).toMatchObject({
      biz_opaque_callback_data: `${message.id}#5`,
    });
    expect(await bench.status(message.id)).toBe('SENT');
  });

  it('shows a message that will be tried again as queued, not as failed', async () => {
    script({ kind: 'refuse', code: 2 });
    const message = await bench.send(amara, 'Hello');
    await bench.idle();
    expect(await bench.status(message.id)).toBe('QUEUED');
  });

  it('waits as long as WhatsApp says', async () => {
    script({ kind: 'refuse', code: 80007, headers: { 'retry-after': '900' } });
    await bench.send(amara, 'Hello');
    await bench.advance(899 * secondMs);
    expect(bench.stub.requests).toHaveLength(1);
    await bench.advance(secondMs);
    await bench.idle();
    expect(bench.stub.requests).toHaveLength(2);
  });

  it('waits 4^n seconds for the pair rate of one person, and not at all for the others', async () => {
    bench.stub.answerWith((request) =>
      to(request) === `+${amara}` && bench.sentTexts().filter((text) => text === 'slow').length < 4
        ? { kind: 'refuse', code: 131056 }
        : { kind: 'accept' },
    );
    await bench.send(amara, 'slow');
    await bench.idle();
    const waits = [];
    for (const seconds of [1, 4, 16]) {
      await bench.advance(seconds * secondMs - 1);
      waits.push(bench.sentTexts().length);
      await bench.advance(1);
      await bench.idle();
      waits.push(bench.sentTexts().length);
    }
    expect(waits).toEqual([1, 2, 2, 3, 3, 4]);
    const other = await bench.send(tom, 'quick');
    await bench.idle();
    expect(await bench.status(other.id)).toBe('SENT');
  });

  it('tries an unclear refusal only a few times, then fails with its code', async () => {
    bench.stub.answerWith(() => ({ kind: 'refuse', code: 131000 }));
    const message = await bench.send(amara, 'Hello');
    await bench.advance(60 * secondMs);
    expect(bench.stub.requests).toHaveLength(4);
    expect(await bench.status(message.id)).toBe('FAILED');
    expect(await failureOf(message.id)).toMatchObject({ code: 131000 });
  });

  it('fails at once where the same would be refused again, and goes on with the next', async () => {
    script({ kind: 'refuse', code: 131026, message: 'Message undeliverable' });
    const failed = await bench.send(amara, 'one');
    const next = await bench.send(amara, 'two');
    await bench.idle();
    expect(await bench.status(failed.id)).toBe('FAILED');
    expect(await bench.status(next.id)).toBe('SENT');
    expect(bench.stub.requests).toHaveLength(2);
  });

  it('closes the window when WhatsApp says that it is closed', async () => {
    await bench.receive(amara);
    script({ kind: 'refuse', code: 131047 });
    bench.clock.advance(secondMs);
    const message = await bench.send(amara, 'Hello');
    await bench.idle();
    expect(await failureOf(message.id)).toMatchObject({ code: 131047 });
    const again = await bench.messages.send({ to: amara, text: 'Hello?' }, 'owner');
    expect(again.kind).toBe('window-closed');
  });

  it('gives up after 24 hours and says what the last answer was', async () => {
    const headers = { 'retry-after': String(24 * 3_600 - 600) };
    script({ kind: 'refuse', code: 80007, headers });
    const message = await bench.send(amara, 'Hello');
    await bench.advance(24 * hourMs - 601 * secondMs, hourMs);
    bench.stub.answerWith(() => ({ kind: 'refuse', code: 131016 }));
    await bench.advance(601 * secondMs);
    expect(bench.stub.requests.length).toBeGreaterThan(8);
    const failure = await failureOf(message.id);
    expect(failure).toMatchObject({ code: null, title: 'Not sent in time' });
    expect(failure?.details).toContain('131016');
    const attempts = bench.stub.requests.length;
    await bench.advance(hourMs, 600 * secondMs);
    expect(bench.stub.requests).toHaveLength(attempts);
  });

  it('repeats a refusal that could not be stored before the lease ran out', async () => {
    bench.stub.answerWith(() => {
      bench.setStoreAway(true);
      return { kind: 'refuse', code: 2 };
    });
    const message = await bench.send(amara, 'Hello');
    await bench.advance(40 * secondMs);
    await bench.store.outbox.expireLeases(bench.clock.now());
    expect(await bench.status(message.id)).toBe('UNKNOWN');
    script();
    bench.setStoreAway(false);
    await bench.advance(10 * secondMs);
    expect(await bench.status(message.id)).toBe('SENT');
    expect(bench.stub.requests).toHaveLength(2);
  });

  it('does not send what could not be sent before the window closed', async () => {
    await bench.receive(amara);
    await bench.advance(24 * hourMs - 2 * secondMs, hourMs);
    script({ kind: 'refuse', code: 4 });
    const message = await bench.send(amara, 'Just in time');
    await bench.advance(120 * secondMs);
    expect(bench.stub.requests).toHaveLength(1);
    expect(await bench.status(message.id)).toBe('FAILED');
    const failure = await failureOf(message.id);
    expect(failure).toMatchObject({ title: 'The 24-hour window closed before it could be sent' });
  });

  it('sends it after all when the customer writes again meanwhile', async () => {
    await bench.receive(amara);
    await bench.advance(24 * hourMs - 2 * secondMs, hourMs);
    script({ kind: 'refuse', code: 4 });
    const message = await bench.send(amara, 'Just in time');
    await bench.advance(secondMs);
    await bench.receive(amara);
    await bench.advance(120 * secondMs);
    expect(await bench.status(message.id)).toBe('SENT');
  });

  it('waits for a network that is not there, without a limit but the 24 hours', async () => {
    const { url } = bench.stub;
    await bench.stub.close();
    const message = await bench.send(amara, 'Hello');
    await bench.advance(60 * secondMs);
    expect(url).toContain('127.0.0.1');
    expect(await bench.status(message.id)).toBe('QUEUED');
    expect((await bench.message(message.id)).delivery.attempt).toBeGreaterThan(4);
  });

  describe('when the outcome is not known', () => {
    it('marks it so, sends it never again by itself, and lets the next one go', async () => {
      await bench.close();
      bench = await openOutboxBench({ timeoutMs: secondMs });
      bench.start();
      script({ kind: 'silence' }, { kind: 'accept' });
      const unknown = await bench.send(amara, 'one');
      const next = await bench.send(amara, 'two');
      await bench.idle();
      expect(await bench.status(unknown.id)).toBe('UNKNOWN');
      expect(await bench.status(next.id)).toBe('SENT');
      await bench.advance(24 * hourMs, 600 * secondMs);
      expect(bench.sentTexts()).toEqual(['one', 'two']);
      expect(adviceFor((await failureOf(unknown.id)) ?? neverNull()).retryable).toBe(true);
    });

    it('is settled by the status that brings our own id back', async () => {
      script({ kind: 'reset' });
      const message = await bench.send(amara, 'Hello');
      await bench.idle();
      const callbackData = bench.stub.requests[0]?.body['biz_opaque_callback_data'];
      const report = { status: 'DELIVERED', at: bench.clock.now(), failure: null } as const;
      await bench.report({ wamid: 'wamid.echoed', callbackData }, report);
      expect(await bench.status(message.id)).toBe('DELIVERED');
      expect((await bench.message(message.id)).wamid).toBe('wamid.echoed');
    });

    it('is sent once more when a person says so, even when they say it twice', async () => {
      script({ kind: 'raw', status: 502, body: 'Bad gateway' });
      const message = await bench.send(amara, 'Hello');
      await bench.idle();
      await Promise.all([bench.messages.retry(message.id), bench.messages.retry(message.id)]);
      await bench.idle();
      await bench.messages.retry(message.id);
      await bench.idle();
      expect(bench.stub.requests).toHaveLength(2);
      expect(await bench.status(message.id)).toBe('SENT');
    });

    it('is not sent when the first attempt turns out to have arrived before the second', async () => {
      script({ kind: 'reset' });
      const message = await bench.send(amara, 'Hello');
      await bench.idle();
      bench.setStoreAway(true); // so that the outbox does not take it up at once
      await bench.messages.retry(message.id);
      const callbackData = bench.stub.requests[0]?.body['biz_opaque_callback_data'];
      const report = { status: 'SENT', at: bench.clock.now(), failure: null } as const;
      await bench.report({ wamid: 'wamid.echoed', callbackData }, report);
      bench.setStoreAway(false);
      await bench.advance(10 * secondMs);
      expect(bench.stub.requests).toHaveLength(1);
      expect(await bench.status(message.id)).toBe('SENT');
    });
  });

  describe('when the process is killed', () => {
    it('finds a message whose fate nobody saw, within 45 s, and does not send it again', async () => {
      const arrived = new Promise<void>((resolve) => {
        bench.stub.answerWith(() => {
          resolve();
          return { kind: 'silence' };
        });
      });
      const cut = await bench.send(amara, 'one');
      const waiting = await bench.send(amara, 'two');
      await arrived;
      bench.crash();
      script();
      await bench.advance(20 * secondMs);
      expect(await bench.status(cut.id)).toBe('SENDING');
      await bench.advance(25 * secondMs);
      expect(await bench.status(cut.id)).toBe('UNKNOWN');
      expect(await bench.status(waiting.id)).toBe('SENT');
      expect(bench.sentTexts()).toEqual(['one', 'two']);
      expect(await failureOf(cut.id)).toMatchObject({ title: 'Not confirmed by WhatsApp' });
    });

    it('sends what was queued and not begun', async () => {
      bench.setStoreAway(true);
      const message = await bench.send(amara, 'Hello');
      bench.crash();
      bench.setStoreAway(false);
      await bench.advance(secondMs);
      await bench.idle();
      expect(await bench.status(message.id)).toBe('SENT');
    });
  });

  describe('when the store is away', () => {
    it('goes on by itself within 2 s of its return', async () => {
      bench.setStoreAway(true);
      const message = await bench.send(amara, 'Hello');
      await bench.advance(60 * secondMs);
      expect(bench.stub.requests).toHaveLength(0);
      bench.setStoreAway(false);
      await bench.advance(2 * secondMs);
      expect(await bench.status(message.id)).toBe('SENT');
    });

    it('keeps what WhatsApp accepted until it can be written down, far beyond the lease', async () => {
      bench.stub.answerWith(() => {
        bench.setStoreAway(true);
        return { kind: 'accept', wamid: 'wamid.kept' };
      });
      const message = await bench.send(amara, 'Hello');
      await bench.advance(5 * 60 * secondMs);
      expect(await bench.status(message.id)).toBe('SENDING');
      bench.setStoreAway(false);
      await bench.advance(2 * secondMs);
      expect(await bench.status(message.id)).toBe('SENT');
      expect((await bench.message(message.id)).wamid).toBe('wamid.kept');
      expect(bench.stub.requests).toHaveLength(1);
    });
  });

  it('shares the work with another process, each message once and each chat in order', async () => {
    const other = bench.addProcess();
    const people = Array.from({ length: 20 }, (_, person) => `1555555${1_000 + person}`);
    const texts = ['one', 'two', 'three'];
    for (const text of texts) {
      await Promise.all(people.map((person) => bench.send(person, `${text} to ${person}`)));
      other.wake();
    }
    const isDone = async () => (await bench.store.outbox.summary(0)).queued === 0;
    while (!(await isDone())) {
      bench.tick(20);
      other.tick();
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(bench.stub.requests).toHaveLength(60);
    for (const person of people) {
      const theirs = bench.sentTexts().filter((text) => text.endsWith(person));
      expect(theirs).toEqual(texts.map((text) => `${text} to ${person}`));
    }
    expect(other.sends()).toBeGreaterThan(0);
    await other.stop();
  });

  it('counts attempts by outcome', async () => {
    script({ kind: 'refuse', code: 131026 }, { kind: 'reset' });
    for (const text of ['one', 'two', 'three']) await bench.send(amara, text);
    await bench.idle();
    const { values } = await bench.metrics.sends.get();
    const counts = Object.fromEntries(
      values.map(({ labels, value }) => [String(labels.outcome), value]),
    );
    expect(counts).toEqual({ failed: 1, unknown: 1, accepted: 1 });
  });
});
