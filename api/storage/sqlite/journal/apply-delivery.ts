import { performance } from 'node:perf_hooks';
import type { DeliveryElement } from '../../../webhook/delivery-element.ts';
import type { DeliveryState, Verdict } from '../../store.ts';
import type { Core } from '../core.ts';
import { applyElement } from './apply-element.ts';

/** Meta waits for the answer; what is not applied by then is applied later. */
const applyLimitMs = 1_000;

export interface Applied {
  readonly state: DeliveryState;
  readonly verdicts: readonly Verdict[];
}

/** Each element on its own: one that fails is set aside, its neighbours go on. */
export function applyDelivery(core: Core, elements: readonly DeliveryElement[]): Applied {
  const startedAt = performance.now();
  const verdicts: Verdict[] = [];
  for (const element of elements) {
    if (performance.now() - startedAt > applyLimitMs) return { state: 'PENDING', verdicts };
    verdicts.push(applyOne(core, element));
  }
  const isAside = verdicts.some((verdict) => verdict.result === 'SET_ASIDE');
  return { state: isAside ? 'SET_ASIDE' : 'DONE', verdicts };
}

function applyOne(core: Core, element: DeliveryElement): Verdict {
  const { path } = element;
  const outcome = core.savepoints.attempt('element', () => applyElement(core, element));
  if (outcome.ok) return { path, ...outcome.result };
  const { error } = outcome;
  core.log.error({ err: error, path }, 'element of a delivery set aside');
  return { path, result: 'SET_ASIDE', detail: error instanceof Error ? error.message : 'Failed' };
}
