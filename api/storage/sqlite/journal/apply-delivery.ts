import { performance } from 'node:perf_hooks';
import type { DeliveryElement } from '../../../webhook/delivery-element.ts';
import type { DeliveryState, Verdict } from '../../store.ts';
import type { Core } from '../core.ts';
import { applyElement } from './apply-element.ts';

/** One transaction applies no longer than this: a delivery of a thousand elements holds nobody up. */
const sliceMs = 25;

export interface Applied {
  readonly state: DeliveryState;
  readonly verdicts: readonly Verdict[];
}

/**
 * Applies the elements that have no verdict yet, as many as fit into a slice. Each stands on its own:
 * one that fails is set aside, its neighbours go on.
 */
export function applySlice(
  core: Core,
  elements: readonly DeliveryElement[],
  before: readonly Verdict[],
): Applied {
  const startedAt = performance.now();
  const verdicts = [...before];
  for (const element of elements.slice(before.length)) {
    if (verdicts.length > before.length && performance.now() - startedAt > sliceMs) {
      return { state: 'PENDING', verdicts };
    }
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
