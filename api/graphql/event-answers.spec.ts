import { parse } from 'graphql';
import type { ExecutionResult } from 'graphql';
import { pino } from 'pino';
import { openTestStore } from '../../test/kit/store.ts';
import type { TestStore } from '../../test/kit/store.ts';
import { createConversations } from '../conversations/conversations.ts';
import { SlowConsumerError, StoreUnavailableError } from '../errors.ts';
import type { EventFeed, FeedEvent } from '../events/events.ts';
import { noSurroundings } from '../events/surroundings.ts';
import { createMessages } from '../messages/messages.ts';
import { createContext } from './context.ts';
import { createErrorMask } from './error-masking.ts';
import { subscribeShared } from './event-answers.ts';
import type { Answers } from './event-answers.ts';
import { createSchema } from './schema.ts';
import { createSharedAnswers, isEventAnswer } from './shared-answers.ts';

const schema = createSchema();
const document = parse(
  'subscription($after: String) { messageEvents(after: $after) { cursor type } }',
);
const event = (number: number): FeedEvent => ({
  cursor: `c${String(number)}`,
  type: 'CONVERSATION_UPDATED',
  at: 0,
  message: null,
  conversation: null,
  around: noSurroundings,
});

let test: TestStore;
beforeAll(async () => {
  test = await openTestStore();
});
afterAll(() => test.close());

/** Subscribes to a feed that brings these events, or throws. */
function openClients(...brought: readonly (FeedEvent | Error)[]) {
  const log = pino({ level: 'silent' });
  const mask = createErrorMask(log);
  const shared = createSharedAnswers(mask);
  let open = 0;
  async function* bring() {
    open += 1;
    try {
      for (const each of brought) {
        if (each instanceof Error) throw each;
        yield await Promise.resolve(each);
      }
    } finally {
      open -= 1;
    }
  }
  const feed: EventFeed = {
    subscribe: bring,
    head: () => Promise.resolve(null),
    subscribers: 0,
    stop: () => Promise.resolve(),
  };
  const config = { phoneNumberIds: [], missingSettings: [] };
  const ports = {
    store: test.store,
    config,
    clock: test.clock,
    outbox: { wake: () => undefined },
    log,
  };
  const useCases = {
    messages: createMessages(ports),
    conversations: createConversations(ports),
    health: { report: () => Promise.reject(new Error('not asked')) },
    feed,
    clock: test.clock,
  };
  return {
    shared,
    open: () => open,
    subscribe: async (text = document, sender = 'owner'): Promise<Answers> => {
      const contextValue = createContext(useCases, { sender });
      const answers = await subscribeShared(
        { schema, document: text, contextValue },
        { shared, mask },
      );
      if (!(Symbol.asyncIterator in answers)) throw new Error('Refused');
      return answers;
    },
  };
}

async function all(answers: Answers): Promise<ExecutionResult[]> {
  const results: ExecutionResult[] = [];
  for await (const answer of answers) results.push(answer);
  return results;
}

describe('answers to events', () => {
  it('are the same object for all who ask the same, with its JSON text', async () => {
    const { subscribe } = openClients(event(1), event(2));
    const [first, second] = await Promise.all([all(await subscribe()), all(await subscribe())]);
    expect(first).toHaveLength(2);
    first.forEach((answer, index) => {
      expect(second[index]).toBe(answer);
      if (!isEventAnswer(answer)) throw new Error('No answer');
      expect(JSON.parse(answer.json)).toEqual({ data: answer.data });
      expect(answer.cursor).toBe(`c${String(index + 1)}`);
    });
  });

  it('are not shared between questions, nor between rights', async () => {
    const { subscribe } = openClients(event(1));
    const other = parse('subscription { messageEvents { type } }');
    const results = [
      await all(await subscribe()),
      await all(await subscribe(other)),
      await all(await subscribe(document, 'somebody else')),
    ];
    expect(new Set(results.map(([answer]) => answer)).size).toBe(3);
    expect(results[1]?.[0]?.data).toEqual({ messageEvents: { type: 'CONVERSATION_UPDATED' } });
  });

  it('are forgotten when nobody asks any more', async () => {
    const { subscribe, shared, open } = openClients(event(1), event(2));
    const [first, second, third] = [await subscribe(), await subscribe(), await subscribe()];
    await first.next();
    await second.next();
    expect([shared.size, open()]).toEqual([1, 2]);
    await first.return?.();
    await first.return?.();
    await all(second);
    expect(shared.size).toBe(1);
    await third.return?.();
    expect([shared.size, open()]).toEqual([0, 0]);
  });

  it('are made again for one who is far behind the others', async () => {
    const events = Array.from({ length: 150 }, (_, index) => event(index));
    const { subscribe } = openClients(...events);
    const stays = await subscribe();
    const [behind, ahead] = [await subscribe(), await all(await subscribe())];
    const late = await all(behind);
    expect(late).toEqual(ahead);
    expect(late[0]).not.toBe(ahead[0]);
    await stays.return?.();
  });

  it('are made again for one who comes back when the store was away', async () => {
    let isAway = true;
    const seen: FeedEvent = {
      ...event(1),
      get type() {
        if (isAway) throw new StoreUnavailableError('away');
        return 'CONVERSATION_UPDATED' as const;
      },
    };
    const { subscribe } = openClients(seen, event(2));
    const stays = await subscribe();
    const codes = (await all(await subscribe())).map(({ errors }) =>
      errors?.map(({ extensions }) => extensions['code']),
    );
    expect(codes).toEqual([['SERVICE_UNAVAILABLE']]);
    isAway = false;
    const cursors = (await all(await subscribe())).map(({ data }) => data?.['messageEvents']);
    expect(cursors).toMatchObject([{ cursor: 'c1' }, { cursor: 'c2' }]);
    await stays.return?.();
  });

  it('end with the reason when the reader is too slow', async () => {
    const { subscribe, shared } = openClients(event(1), new SlowConsumerError(), event(2));
    const results = await all(await subscribe());
    expect(results).toHaveLength(2);
    expect(results[1]?.errors?.map(({ extensions }) => extensions['code'])).toEqual([
      'SLOW_CONSUMER',
    ]);
    expect(shared.size).toBe(0);
  });

  it('end without a word about what nobody expects', async () => {
    const { subscribe } = openClients(new Error('secret'));
    const [result] = await all(await subscribe());
    expect(JSON.stringify(result)).toContain('Unexpected error.');
    expect(JSON.stringify(result)).not.toContain('secret');
  });
});
