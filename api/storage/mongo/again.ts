import { setTimeout as wait } from 'node:timers/promises';
import { StoreUnavailableError } from '../../errors.ts';

const mostRounds = 300;
const patientRounds = 3;
const longestWaitMs = 20;

/**
 * Looks and tries until it is done: undefined from `attempt` means that somebody else wrote meanwhile
 * what it had read. Whoever is in the way has finished a step, so that all together always go on.
 */
export async function untilDone<Result>(
  attempt: () => Promise<Result | undefined>,
): Promise<Result> {
  for (let round = 1; round <= mostRounds; round += 1) {
    const result = await attempt();
    if (result !== undefined) return result;
    if (round > patientRounds) await wait(Math.random() * Math.min(round, longestWaitMs));
  }
  throw new StoreUnavailableError('Too many write the same at the same time');
}
