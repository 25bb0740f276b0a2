import { createSourceEventStream } from 'graphql';
import type { ExecutionResult } from 'graphql';
import type { FeedEvent } from '../events/events.ts';
import type { MaskError } from './error-masking.ts';
import { isUnavailable } from './shared-answers.ts';
import type { EventAnswer, SharedAnswers, SubscriptionTerms } from './shared-answers.ts';

export interface SubscribePorts {
  readonly shared: SharedAnswers;
  readonly mask: MaskError;
}

/** What a subscriber gets: answers to events, and at most one failure, which is the last. */
export type Answers = AsyncIterableIterator<EventAnswer | ExecutionResult, undefined>;

/** As graphql's own `subscribe`, with answers that clients share. */
export async function subscribeShared(
  terms: SubscriptionTerms,
  { shared, mask }: SubscribePorts,
): Promise<Answers | ExecutionResult> {
  const source = await createSourceEventStream(terms);
  if (!(Symbol.asyncIterator in source)) {
    return { errors: (source.errors ?? []).map(mask) };
  }
  return answersTo(source, terms, { shared, mask });
}

function answersTo(
  source: AsyncIterable<unknown>,
  terms: SubscriptionTerms,
  { shared, mask }: SubscribePorts,
): Answers {
  const events: AsyncIterator<unknown> = source[Symbol.asyncIterator]();
  const client = shared.join(terms);
  let isOver = false;

  async function end(): Promise<IteratorReturnResult<undefined>> {
    isOver = true;
    client.leave();
    await events.return?.();
    return { done: true, value: undefined };
  }

  return {
    async next() {
      if (isOver) return { done: true, value: undefined };
      try {
        const next = await events.next();
        if (next.done === true) return await end();
        if (!isFeedEvent(next.value)) throw new TypeError('The feed holds events only.');
        const answered = await client.answer(next.value);
        // The client comes back for this event when there is a chance of an answer.
        if (isUnavailable(answered)) await end();
        return { done: false, value: answered };
      } catch (error) {
        await end();
        return { done: false, value: { errors: [mask(error)] } };
      }
    },
    return: end,
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

function isFeedEvent(value: unknown): value is FeedEvent {
  return typeof value === 'object' && value !== null && 'cursor' in value;
}
