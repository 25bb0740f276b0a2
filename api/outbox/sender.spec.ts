import { pino } from 'pino';
import { deliver, status } from '../../test/contract/store/deliveries.ts';
import { amara, businessNumberId, openOutboxBench } from '../../test/kit/benches/outbox-bench.ts';
import type { OutboxBench } from '../../test/kit/benches/outbox-bench.ts';
import { createFakeTimers } from '../../test/kit/timers.ts';
import { secondMs } from '../clock.ts';
import { ownFailure } from '../messages/own-failure.ts';
import type { SendOutcome } from '../whatsapp/whatsapp.ts';
import { leaseMs, pacing } from './limits.ts';
import { createSender } from './sender.ts';
import { createTokenPause } from './token-pause.ts';

describe('createSender', () => {
  let bench: OutboxBench;
  let lines: string[];
  beforeEach(async () => {
    bench = await openOutboxBench();
    lines = [];
  });
  afterEach(() => bench.close());

  const create = (send: () => Promise<SendOutcome>) =>
    createSender({
      outbox: bench.store.outbox,
      whatsApp: { send, markRead: send },
      pause: createTokenPause(bench.clock),
      clock: bench.clock,
      timers: createFakeTimers(bench.clock),
      random: () => 0.5,
      log: pino({ level: 'info' }, { write: (line) => void lines.push(line) }),
      metrics: bench.metrics,
      signal: new AbortController().signal,
    });

  async function claimed() {
    const { id } = await bench.send(amara, 'A very private text');
    const now = bench.clock.now();
    const [claim] = await bench.store.outbox.claim({ now, leaseMs, limit: 1, pacing });
    if (claim === undefined) throw new Error('Nothing was claimed');
    return { id, claim, claimedAt: now };
  }

  it('does not send when the machine slept after the claim: somebody else may have it by now', async () => {
    let calls = 0;
    const sender = create(() => Promise.resolve({ kind: 'ACCEPTED', wamid: `wamid.${++calls}` }));
    const { id, claim, claimedAt } = await claimed();
    bench.clock.advance(16 * secondMs);
    await sender.attempt(claim, claimedAt);
    expect(calls).toBe(0);
    expect(await bench.status(id)).toBe('QUEUED');
  });

  it('takes an adapter that throws for an outcome that nobody knows', async () => {
    const sender = create(() => Promise.reject(new Error('a bug')));
    const { id, claim, claimedAt } = await claimed();
    await sender.attempt(claim, claimedAt);
    expect(await bench.status(id)).toBe('UNKNOWN');
  });

  it('takes a status that was here before the outcome for what it is: nothing went wrong', async () => {
    const { id, claim, claimedAt } = await claimed();
    const business = { phoneNumberId: businessNumberId, displayPhoneNumber: null };
    const attemptOf = { messageId: id, attempt: 1 };
    const sender = create(async () => {
      await deliver(bench.store, status('wamid.1', 'DELIVERED', { business, attemptOf }));
      return { kind: 'UNKNOWN', failure: ownFailure('outcome-unknown') };
    });
    await sender.attempt(claim, claimedAt);
    expect(await bench.status(id)).toBe('DELIVERED');
    const logged = lines.map((line) => JSON.parse(line) as { level: number; msg: string });
    expect(logged.at(-1)).toMatchObject({ level: 30, msg: 'a status told the outcome before' });
  });

  it('logs one line with ids and the outcome, without text and number', async () => {
    const title = `Message undeliverable to +${amara}`;
    const failure = { code: 131026, title, details: null };
    const sender = create(() => Promise.resolve({ kind: 'REFUSED', failure, retryAfterMs: null }));
    const { id, claim, claimedAt } = await claimed();
    await sender.attempt(claim, claimedAt);
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      message: id,
      attempt: 1,
      outcome: 'FAILED',
      code: 131026,
      reason: 'Message undeliverable to +…42',
    });
    expect(lines[0]).not.toContain('private');
    expect(lines[0]).not.toContain(amara);
  });
});
