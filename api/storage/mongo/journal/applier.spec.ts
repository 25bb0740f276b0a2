import { MongoNetworkError, MongoServerError } from 'mongodb';
import { pino } from 'pino';
import { inbound } from '../../../../test/contract/store/deliveries.ts';
import type { Core } from '../core.ts';
import { createApplier } from './applier.ts';

/** A database that fails like this whatever it is asked. */
function failing(error: Error, lines: string[]): Core {
  return {
    log: pino({}, { write: (line) => void lines.push(line) }),
    get collections(): never {
      throw error;
    },
  } as Partial<Core> as Core;
}

const never = { verdicts: [], endsAt: Infinity };

describe('createApplier', () => {
  it('tells an outage once for all deliveries that wait for it', async () => {
    const lines: string[] = [];
    const applier = createApplier(failing(new MongoNetworkError('gone'), lines));
    const applying = Array.from({ length: 50 }, (_, n) =>
      applier.apply([inbound(`w${String(n)}`)], never),
    );
    const outcomes = await Promise.allSettled(applying);
    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(50);
    // The first one is on its way before the others come.
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { deliveries: 1, msg: 'deliveries wait to be applied' },
      { deliveries: 49 },
    ]);
  });

  it('tries each by itself where the database refuses something, and tells nothing of an outage', async () => {
    const lines: string[] = [];
    const refusal = new MongoServerError({ message: 'no', code: 121 });
    const applier = createApplier(failing(refusal, lines));
    const applying = ['a', 'b', 'c'].map((wamid) => applier.apply([inbound(wamid)], never));
    const outcomes = await Promise.allSettled(applying);
    expect(outcomes).toMatchObject(applying.map(() => ({ status: 'rejected', reason: refusal })));
    expect(lines).toEqual([]);
  });
});
