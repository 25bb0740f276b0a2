import { execute } from 'graphql';
import type { ExecutionArgs, ExecutionResult } from 'graphql';
import type { FeedEvent } from '../events/events.ts';
import { contextOfEvent } from './context.ts';
import type { GraphQLContext } from './context.ts';
import type { MaskError } from './error-masking.ts';
import { eventPlanOf } from './event-plan.ts';

/** The answer to one event, ready to be sent to any number of clients. */
export interface EventAnswer extends ExecutionResult {
  readonly cursor: string;
  /** The same as JSON text. */
  readonly json: string;
}

export function isEventAnswer(result: ExecutionResult): result is EventAnswer {
  return 'json' in result;
}

/** The store was away: for now there is no answer. */
export function isUnavailable({ errors = [] }: ExecutionResult): boolean {
  return errors.some(({ extensions }) => extensions['code'] === 'SERVICE_UNAVAILABLE');
}

export interface SubscriptionTerms extends ExecutionArgs {
  readonly contextValue: GraphQLContext;
}

/** Answers events once for all clients that ask the same of them. */
export interface SharedAnswers {
  /** Call `leave` when the client is gone, so that nothing is kept for nobody. */
  join(terms: SubscriptionTerms): {
    answer(event: FeedEvent): Promise<EventAnswer>;
    leave(): void;
  };
  /** How many different questions are open. */
  readonly size: number;
}

interface Plan {
  clients: number;
  readonly answers: Map<FeedEvent, Promise<EventAnswer>>;
}

// Clients are close together as a rule; one further behind has its event answered again.
const keptAnswers = 100;

export function createSharedAnswers(mask: MaskError): SharedAnswers {
  const plans = new Map<string, Plan>();

  function answerOf(plan: Plan, event: FeedEvent, terms: SubscriptionTerms) {
    const known = plan.answers.get(event);
    if (known !== undefined) return known;
    const answer = executeEvent(event, terms, mask).then((answered) => {
      // Whoever comes back for this event has it answered anew.
      if (isUnavailable(answered)) plan.answers.delete(event);
      return answered;
    });
    plan.answers.set(event, answer);
    const [oldest] = plan.answers.keys();
    if (plan.answers.size > keptAnswers && oldest !== undefined) plan.answers.delete(oldest);
    return answer;
  }

  return {
    join(terms) {
      const key = `${terms.contextValue.sender} ${eventPlanOf(terms)}`;
      const plan = plans.get(key) ?? { clients: 0, answers: new Map<never, never>() };
      plans.set(key, plan);
      plan.clients += 1;
      let hasLeft = false;
      return {
        answer: (event) => answerOf(plan, event, terms),
        leave() {
          if (hasLeft) return;
          hasLeft = true;
          plan.clients -= 1;
          if (plan.clients === 0) plans.delete(key);
        },
      };
    },
    get size() {
      return plans.size;
    },
  };
}

async function executeEvent(
  event: FeedEvent,
  terms: SubscriptionTerms,
  mask: MaskError,
): Promise<EventAnswer> {
  const contextValue = contextOfEvent(terms.contextValue, event);
  const { data = null, errors } = await execute({ ...terms, rootValue: event, contextValue });
  const result = errors === undefined ? { data } : { errors: errors.map(mask), data };
  return { ...result, cursor: event.cursor, json: JSON.stringify(result) };
}
