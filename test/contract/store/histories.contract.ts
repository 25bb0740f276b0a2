import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import type { Store } from '../../../api/storage/store.ts';
import { claimAll } from './deliveries.ts';
import { history } from './history.ts';
import type { History } from './history.ts';
import { outcomeOf } from './model.ts';
import { playIn } from './play-history.ts';
import type { Capabilities, OpenStore, StoreUnderTest } from './store-under-test.ts';

export interface HistoriesOptions extends Capabilities {
  /** How many run at the same time, so that the store writes them in groups. */
  readonly atOnce?: number;
  readonly rounds?: number;
}

/** The rules of section 4 together: whatever happens, in whatever order, ends as the model says. */
export function describeHistories(
  name: string,
  open: OpenStore,
  { atOnce = 1_000, hasChangeLog, rounds = 20 }: HistoriesOptions = { hasChangeLog: true },
): void {
  describe(`any history on ${name}`, () => {
    let opened: StoreUnderTest;
    let played = 0;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.close());

    /** Plays all of them at once; fails with the first one that ends otherwise than the rules say. */
    async function playAll(store: Store, histories: readonly History[], isRepeated: boolean) {
      const all = histories.map((one) => ({ one, playing: playIn(store, one, (played += 1)) }));
      await Promise.all(all.map(({ playing }) => playing.begin()));
      await claimAll(store);
      await Promise.all(all.map(({ playing }) => playing.run()));
      await compare(all);
      if (!isRepeated) return;
      const before = hasChangeLog ? await store.changes.head() : null;
      await Promise.all(all.map(({ playing }) => playing.repeat()));
      if (before !== null) expect(await store.changes.head()).toBe(before);
      await compare(all);
    }

    it(`ends as the rules say: ${String(atOnce * rounds)} of them, permuted, repeated and split`, async () => {
      let round = 0;
      const many = fc.array(history, { minLength: atOnce, maxLength: atOnce });
      await fc.assert(
        fc.asyncProperty(many, (histories) => {
          round += 1;
          // All that was delivered comes again in every fifth round: nothing may change.
          return playAll(opened.store, histories, round % 5 === 0);
        }),
        { numRuns: rounds, endOnFailure: true, reporter: throwCause },
      );
      expect(played).toBe(atOnce * rounds);
    }, 300_000);

    it('is the same after a restart', async () => {
      const histories = fc.sample(history, { numRuns: 50, seed: 7 });
      const all = histories.map((one) => ({ one, number: (played += 1) }));
      const before = all.map(({ one, number }) => playIn(opened.store, one, number));
      for (const playing of before) await playing.begin();
      await claimAll(opened.store);
      for (const playing of before) await playing.run();
      const outcomes = await Promise.all(before.map((playing) => playing.outcome()));
      await opened.reopen();
      // Sends are known by the id that they were given, so only the others are looked at again.
      for (const [index, { one, number }] of all.entries()) {
        if (one.send !== null) continue;
        expect(await playIn(opened.store, one, number).outcome()).toEqual(outcomes[index]);
      }
    });
  });
}

/** The history that failed is in the error; all of its round would fill pages. */
function throwCause({ failed, errorInstance, seed }: fc.RunDetails<[History[]]>): void {
  if (failed) throw new Error(`Seed ${String(seed)}`, { cause: errorInstance });
}

async function compare(
  all: readonly { readonly one: History; readonly playing: ReturnType<typeof playIn> }[],
): Promise<void> {
  const outcomes = await Promise.all(all.map(({ playing }) => playing.outcome()));
  for (const [index, { one }] of all.entries()) {
    const expected = outcomeOf(one);
    const actual = outcomes[index];
    if (isDeepStrictEqual(actual, expected)) continue;
    expect({ history: one, ...actual }).toEqual({ history: one, ...expected });
  }
}
