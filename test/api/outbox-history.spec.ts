import fc from 'fast-check';
import { minuteMs, secondMs } from '../../api/clock.ts';
import type { MessageId } from '../../api/ids.ts';
import type { StubAnswer } from '../kit/cloud-api-stub.ts';
import { amara, openOutboxBench, tom } from '../kit/benches/outbox-bench.ts';
import type { OutboxBench } from '../kit/benches/outbox-bench.ts';

/** What WhatsApp does with a request, and whether it may have sent the message then. */
const answers = {
  accepted: { kind: 'accept' },
  cutOff: { kind: 'reset' },
  cutShort: { kind: 'reset', midBody: true },
  gateway: { kind: 'raw', status: 502, body: '<html></html>' },
  unavailable: { kind: 'refuse', code: 131016 },
  unclear: { kind: 'refuse', code: 131000 },
  pairRate: { kind: 'refuse', code: 131056 },
  undeliverable: { kind: 'refuse', code: 131026 },
  badToken: { kind: 'refuse', status: 401, code: 190 },
} as const satisfies Record<string, StubAnswer>;
type AnswerName = keyof typeof answers;

type Step =
  | { readonly do: 'send'; readonly to: string }
  | { readonly do: 'pass'; readonly ms: number }
  /** After so many turns of the event loop, in the middle of whatever happens then. */
  | { readonly do: 'crash'; readonly afterTurns: number }
  | { readonly do: 'store'; readonly isAway: boolean }
  | { readonly do: 'retry' | 'report'; readonly which: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('send' as const), to: fc.constantFrom(amara, tom) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('pass' as const),
      ms: fc.constantFrom(0, 700, 5_000, 40_000),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('crash' as const), afterTurns: fc.nat(12) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('store' as const), isAway: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('retry' as const, 'report' as const),
      which: fc.nat(),
    }),
  },
);
const answerNames: fc.Arbitrary<AnswerName[]> = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.constant('accepted' as const) },
    { weight: 5, arbitrary: fc.constantFrom(...(Object.keys(answers) as AnswerName[])) },
  ),
  { minLength: 10, maxLength: 40 },
);

interface Request {
  readonly messageId: string;
  readonly callbackData: string;
  readonly wamid: string;
  readonly answer: AnswerName;
}

describe('the outbox, through any history of answers, crashes and outages', () => {
  it('sends nothing twice by itself, keeps the order of each chat, and forgets nothing', async () => {
    const history = fc.array(step, { minLength: 8, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(history, answerNames, async (steps, names) => {
        const bench = await openOutboxBench();
        try {
          await check(await play(bench, steps, names));
        } finally {
          bench.setStoreAway(false);
          await bench.close();
        }
      }),
      { numRuns: 40 },
    );
  }, 60_000);
});

async function play(bench: OutboxBench, steps: readonly Step[], names: readonly AnswerName[]) {
  const requests: Request[] = [];
  const queued: { readonly id: MessageId; readonly to: string }[] = [];
  const retries = new Map<string, number>();
  const reported = new Set<string>();
  const left = [...names];
  bench.stub.answerWith(({ body }) => {
    const answer = left.shift() ?? 'accepted';
    const callbackData = String(body['biz_opaque_callback_data']);
    const wamid = `wamid.${requests.length}`;
    const [messageId = ''] = callbackData.split('#');
    requests.push({ messageId, callbackData, wamid, answer });
    return answer === 'accepted' ? { kind: 'accept', wamid } : answers[answer];
  });
  bench.start();

  async function take(next: Step): Promise<void> {
    switch (next.do) {
      case 'send':
        queued.push({ id: (await bench.send(next.to, `text ${queued.length}`)).id, to: next.to });
        return;
      case 'pass':
        return bench.advance(next.ms);
      case 'crash':
        for (let turn = 0; turn < next.afterTurns; turn += 1) {
          await new Promise((resolve) => setImmediate(resolve));
        }
        bench.crash();
        return;
      case 'store':
        bench.setStoreAway(next.isAway);
        return;
      case 'retry': {
        const id = queued[next.which % Math.max(1, queued.length)]?.id;
        if (id === undefined) return;
        const status = await bench.status(id);
        await bench.messages.retry(id);
        if (status === 'FAILED' || status === 'UNKNOWN')
          retries.set(id, (retries.get(id) ?? 0) + 1);
        return;
      }
      case 'report': {
        const taken = requests.filter(({ answer }) => answer === 'accepted');
        const request = taken[next.which % Math.max(1, taken.length)];
        if (request === undefined) return;
        reported.add(request.messageId);
        await bench.report(request, { status: 'DELIVERED', at: bench.clock.now(), failure: null });
      }
    }
  }

  for (const next of steps) await take(next);
  left.length = 0;
  bench.setStoreAway(false);
  await bench.advance(12 * minuteMs);
  await bench.advance(secondMs);
  await bench.idle();
  return { bench, requests, queued, retries, reported };
}

async function check(played: Awaited<ReturnType<typeof play>>) {
  const { bench, requests, queued, retries, reported } = played;
  const refused = new Set<AnswerName>([
    'unavailable',
    'unclear',
    'pairRate',
    'undeliverable',
    'badToken',
  ]);
  expect(new Set(requests.map(({ callbackData }) => callbackData)).size).toBe(requests.length);
  for (const { id } of queued) {
    const mine = requests.filter(({ messageId }) => messageId === id);
    const perhapsSent = mine.filter(({ answer }) => !refused.has(answer));
    expect(perhapsSent.length).toBeLessThanOrEqual(1 + (retries.get(id) ?? 0));
    const status = await bench.status(id);
    expect(['SENT', 'DELIVERED', 'FAILED', 'UNKNOWN']).toContain(status);
    // Killed between taking it and handing it over: nobody can know that, so it is not certain either way.
    if (mine.length === 0) expect(status).toBe('UNKNOWN');
    // An attempt before it, cut off by a crash, may have arrived all the same: then a report says so.
    if (mine.at(-1)?.answer === 'undeliverable' && !reported.has(id)) {
      expect(['FAILED', 'UNKNOWN']).toContain(status);
    }
  }
  for (const person of [amara, tom]) {
    const places = queued
      .filter(({ id, to }) => to === person && !retries.has(id))
      .map(({ id }) => requests.flatMap(({ messageId }, at) => (messageId === id ? [at] : [])))
      .filter((mine) => mine.length > 0);
    for (const [index, next] of places.slice(1).entries()) {
      expect(Math.min(...next)).toBeGreaterThan(Math.max(...(places[index] ?? [])));
    }
  }
}
