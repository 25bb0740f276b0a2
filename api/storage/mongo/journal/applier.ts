import { performance } from 'node:perf_hooks';
import type { DeliveryElement } from '../../../webhook/delivery-element.ts';
import type { DeliveryState, Verdict } from '../../store.ts';
import type { Core } from '../core.ts';
import { isRefusal } from '../database-failure.ts';
import { applySome } from './apply-some.ts';
import { nextTogether } from './next-together.ts';

/** How many elements are applied together: hundreds of round trips become a few. */
const mostTogether = 400;

export interface Applied {
  readonly state: DeliveryState;
  readonly verdicts: readonly Verdict[];
}

/**
 * Applies deliveries. Those that come while others are being applied are applied together afterwards, so
 * that they do not disturb each other and cost as many round trips as one; a large one takes turns with the rest.
 */
export interface Applier {
  /** Goes on after the verdicts that are there, until it takes too long. */
  apply(elements: readonly DeliveryElement[], from: Begun): Promise<Applied>;
}

export interface Begun {
  readonly verdicts: readonly Verdict[];
  /** One that is begun by then is not gone on with; by `performance.now()`. */
  readonly endsAt: number;
}

interface Job extends Begun {
  readonly elements: readonly DeliveryElement[];
  readonly given: Verdict[];
  readonly end: (applied: Applied) => void;
  readonly fail: (error: unknown) => void;
}

interface Taken {
  readonly job: Job;
  readonly some: readonly DeliveryElement[];
}

export function createApplier(core: Core): Applier {
  const jobs: Job[] = [];
  let isBusy = false;

  async function work(): Promise<void> {
    isBusy = true;
    while (jobs.length > 0) await turn();
    isBusy = false;
  }

  /** One step of as many as fit; those that have more to do queue up again behind the others. */
  async function turn(): Promise<void> {
    const taken: Taken[] = [];
    for (let room = mostTogether; room > 0 && jobs.length > 0;) {
      const job = jobs.shift();
      if (job === undefined) break;
      const some = nextTogether(job.elements, job.given.length);
      taken.push({ job, some });
      room -= some.length;
    }
    try {
      await applyAll(taken);
    } catch (error) {
      if (isRefusal(error)) await applyEach(taken);
      else failAll(taken, error);
    }
  }

  /** Where the server is there and refuses something, only those that it concerns shall suffer. */
  async function applyEach(taken: readonly Taken[]): Promise<void> {
    for (const one of taken) await applyAll([one]).catch(one.job.fail);
  }

  /** One line for all of them: an outage may concern hundreds. */
  function failAll(taken: readonly Taken[], error: unknown): void {
    core.log.error({ err: error, deliveries: taken.length }, 'deliveries wait to be applied');
    for (const { job } of taken) job.fail(error);
  }

  async function applyAll(taken: readonly Taken[]): Promise<void> {
    const verdicts = await applySome(
      core,
      taken.flatMap(({ some }) => some),
    );
    let given = 0;
    for (const { job, some } of taken) {
      job.given.push(...verdicts.slice(given, given + some.length));
      given += some.length;
      goOn(job);
    }
  }

  function goOn(job: Job): void {
    const { elements, end, endsAt, given } = job;
    if (given.length === elements.length) {
      const isAside = given.some(({ result }) => result === 'SET_ASIDE');
      end({ state: isAside ? 'SET_ASIDE' : 'DONE', verdicts: given });
    } else if (performance.now() > endsAt) {
      end({ state: 'PENDING', verdicts: given });
    } else {
      jobs.push(job);
    }
  }

  return {
    apply: (elements, begun) =>
      new Promise((resolve, reject) => {
        const given = [...begun.verdicts];
        const job = { ...begun, elements, given, end: resolve, fail: reject };
        if (given.length === elements.length) {
          goOn(job);
        } else {
          jobs.push(job);
          if (!isBusy) void work();
        }
      }),
  };
}
