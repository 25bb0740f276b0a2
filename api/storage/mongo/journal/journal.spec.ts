import { pino } from 'pino';
import { createFakeClock } from '../../../../test/kit/clock.ts';
import type { Core } from '../core.ts';
import { defaultAnswerWithinMs, createOperations } from '../operations.ts';
import { createJournal } from './journal.ts';

/** As many statuses wait for messages of others as make this many looks. */
const pages = 4;
const pageSize = 500;

/** A database in which nothing but such statuses is, and in which each look at them takes this long. */
function slowDatabase(lookMs: number, removed: string[]): Core {
  const held = Array.from({ length: pages * pageSize }, (_, n) => ({
    _id: String(n).padStart(5, '0'),
    wamidKey: `w${String(n)}`,
    heldSince: 0,
  }));
  const nothing = { sort: () => nothing, limit: () => nothing, toArray: () => Promise.resolve([]) };
  const remove = (name: string) => () => {
    removed.push(name);
    return Promise.resolve({ deletedCount: 0 });
  };
  const collections = {
    messages: { find: () => nothing },
    rejectionCounts: { deleteMany: remove('rejections') },
    deliveries: {
      find: ({ state }: { readonly state: string }) => {
        removed.push(state);
        return nothing;
      },
    },
    heldStatuses: {
      find: ({ _id: { $gt: after } = {} }: { readonly _id?: { readonly $gt?: string } }) => {
        if (after === undefined) {
          removed.push('held statuses');
          return nothing;
        }
        const look = {
          sort: () => look,
          limit: () => look,
          toArray: () => {
            jest.advanceTimersByTime(lookMs);
            return Promise.resolve(held.filter(({ _id }) => _id > after).slice(0, pageSize));
          },
        };
        return look;
      },
    },
  };
  return {
    collections,
    clock: createFakeClock(),
    log: pino({ level: 'silent' }),
  } as unknown as Core;
}

describe('pruning the journal', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('looks through any number of held statuses', async () => {
    const journal = createJournal(
      slowDatabase(defaultAnswerWithinMs / 2, []),
      createOperations(undefined),
    );
    expect(await journal.prune(0)).toBe(0);
  });

  it('removes all that is old also where they cannot be looked through', async () => {
    const removed: string[] = [];
    const core = slowDatabase(defaultAnswerWithinMs, removed);
    await createJournal(core, createOperations(undefined))
      .prune(0)
      .catch(() => undefined);
    expect(removed).toEqual(['held statuses', 'rejections', 'DONE', 'SET_ASIDE']);
  });
});
