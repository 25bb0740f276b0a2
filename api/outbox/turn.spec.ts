import { pino } from 'pino';
import { amara, openOutboxBench } from '../../test/kit/benches/outbox-bench.ts';
import type { OutboxBench } from '../../test/kit/benches/outbox-bench.ts';
import { hourMs, secondMs } from '../clock.ts';
import { createPool } from './pool.ts';
import { createTokenPause } from './token-pause.ts';
import { createTurn } from './turn.ts';

describe('createTurn', () => {
  let bench: OutboxBench;
  let taken: string[];
  beforeEach(async () => {
    bench = await openOutboxBench();
    taken = [];
  });
  afterEach(() => bench.close());

  function create(token: string | null = 'token') {
    const { store, clock } = bench;
    const onFreed = () => undefined;
    return createTurn({
      outbox: store.outbox,
      config: { token },
      pause: createTokenPause(clock),
      sender: {
        attempt(claim) {
          taken.push(claim.message.id);
          return Promise.resolve();
        },
      },
      sends: createPool(2, onFreed),
      teller: { tell: () => Promise.resolve() },
      receipts: createPool(2, onFreed),
      clock,
      log: pino({ level: 'silent' }),
    });
  }
  const inMs = async (turn: () => Promise<number>) => (await turn()) - bench.clock.now();

  it('looks again after 5 s when nothing waits', async () => {
    expect(await inMs(create())).toBe(5 * secondMs);
  });

  it('takes no more than there is room for', async () => {
    for (const person of ['15555551001', '15555551002', '15555551003'])
      await bench.send(person, 'x');
    expect(await inMs(create())).toBe(5 * secondMs);
    expect(taken).toHaveLength(2);
  });

  it('takes nothing without a token', async () => {
    await bench.send(amara, 'Hello');
    expect(await inMs(create(null))).toBe(5 * secondMs);
    expect(taken).toHaveLength(0);
  });

  it('looks again when the next one is due', async () => {
    const message = await bench.send(amara, 'Hello');
    const turn = create();
    await turn();
    const failure = { code: 2, title: 'No', details: null };
    const dueAt = bench.clock.now() + 700;
    const retry = { kind: 'RETRY', at: bench.clock.now(), dueAt, failure } as const;
    await bench.store.outbox.settle({ messageId: message.id, attempt: 1 }, retry);
    expect(await inMs(turn)).toBe(700);
    bench.clock.advance(700);
    await turn();
    expect(taken).toEqual([message.id, message.id]);
  });

  it('does not wait for a clock that was set back', async () => {
    const turn = create();
    await turn();
    bench.clock.advance(-hourMs);
    expect(await inMs(turn)).toBe(5 * secondMs);
  });
});
