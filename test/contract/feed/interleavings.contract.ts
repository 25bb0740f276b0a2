import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import type { FeedEvent } from '../../../api/events/events.ts';
import { SlowConsumerError } from '../../../api/errors.ts';
import { amara, deliver, inbound, kiri, lea, tom } from '../store/deliveries.ts';
import { cursorsOf, everything, read } from './feed-under-test.ts';
import type { FeedUnderTest, OpenFeed } from './feed-under-test.ts';

/** One that reads, pauses, leaves and comes back after its last cursor. */
interface ReaderPlan {
  /** Begins after this many turns of the event loop. */
  readonly startsAfter: number;
  /** Turns that it pauses for between two events; used over and over. */
  readonly pauses: readonly number[];
  /** How many events it reads before it leaves; used over and over. */
  readonly stays: readonly number[];
  readonly onlyAmara: boolean;
}

interface Plan {
  /** Messages in each delivery, and turns before it. */
  readonly writes: readonly { readonly count: number; readonly after: number }[];
  readonly readers: readonly ReaderPlan[];
}

const turns = fc.integer({ min: 0, max: 3 });
const plans: fc.Arbitrary<Plan> = fc.record({
  writes: fc.array(fc.record({ count: fc.integer({ min: 1, max: 20 }), after: turns }), {
    minLength: 1,
    maxLength: 12,
  }),
  readers: fc.array(
    fc.record({
      startsAfter: fc.integer({ min: 0, max: 12 }),
      pauses: fc.array(turns, { minLength: 1, maxLength: 5 }),
      stays: fc.array(fc.integer({ min: 3, max: 60 }), { minLength: 1, maxLength: 4 }),
      onlyAmara: fc.boolean(),
    }),
    { minLength: 1, maxLength: 4 },
  ),
});

const people = [amara, tom, lea, kiri];
const isAmaras = ({ conversation }: FeedEvent) =>
  conversation?.contact.phoneNumber === amara.phoneNumber;
const last = '15555550999';

export function describeInterleavings(open: OpenFeed): void {
  describe('any interleaving of writers and readers that leave and come back', () => {
    let opened: FeedUnderTest;
    let written = 0;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.close());

    async function writeAll({ writes }: Plan): Promise<void> {
      for (const { count, after } of writes) {
        for (let turn = 0; turn < after; turn += 1) await nextTurn();
        const elements = Array.from({ length: count }, () => {
          const from = people[(written += 1) % people.length] ?? amara;
          return inbound(`w${String(written)}`, { from });
        });
        await deliver(opened.store, ...elements);
      }
      // Everybody wants it: the sign to stop.
      await deliver(
        opened.store,
        inbound(`w${String((written += 1))}`, { from: { ...amara, phoneNumber: last } }),
      );
    }

    /** Reads to the end of the log over as many streams as it takes. */
    async function readAll(plan: ReaderPlan, start: string): Promise<FeedEvent[]> {
      const isLast = ({ conversation }: FeedEvent) => conversation?.contact.phoneNumber === last;
      const wants = plan.onlyAmara
        ? (event: FeedEvent) => isAmaras(event) || isLast(event)
        : everything;
      const seen: FeedEvent[] = [];
      for (let turn = 0; turn < plan.startsAfter; turn += 1) await nextTurn();
      for (let visit = 0; ; visit += 1) {
        const reading = read(opened.feed, { after: seen.at(-1)?.cursor ?? start, wants });
        const stay = plan.stays[visit % plan.stays.length] ?? 1;
        try {
          for (let count = 0; count < stay; count += 1) {
            const event = await reading.next();
            seen.push(event);
            if (isLast(event)) {
              await reading.stop();
              return seen;
            }
            const pause = plan.pauses[count % plan.pauses.length] ?? 0;
            for (let turn = 0; turn < pause; turn += 1) await nextTurn();
          }
        } catch (error) {
          if (!(error instanceof SlowConsumerError)) throw error;
        }
        await reading.stop();
      }
    }

    it('brings each event once and in order to everybody: 100 plans', async () => {
      await fc.assert(
        fc.asyncProperty(plans, async (plan) => {
          const start = await opened.store.changes.head();
          const [, ...seen] = await Promise.all([
            writeAll(plan),
            ...plan.readers.map((reader) => readAll(reader, start)),
          ]);
          const log = await opened.history(start);
          const witness = read(opened.feed, { after: start });
          const all = await witness.take(log.length);
          await witness.stop();
          expect(cursorsOf(all)).toEqual(cursorsOf(log));
          seen.forEach((events, index) => {
            const wanted =
              plan.readers[index]?.onlyAmara === true
                ? all.filter((event) => isAmaras(event) || event === all.at(-1))
                : all;
            expect(cursorsOf(events)).toEqual(cursorsOf(wanted));
          });
        }),
        { numRuns: 100, endOnFailure: true },
      );
      expect(opened.feed.subscribers).toBe(0);
    }, 300_000);
  });
}
