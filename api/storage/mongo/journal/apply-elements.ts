import { performance } from 'node:perf_hooks';
import type { DeliveryElement } from '../../../webhook/delivery-element.ts';
import type { DeliveryState, Verdict } from '../../store.ts';
import { createPeople } from '../contacts/people.ts';
import type { Core } from '../core.ts';
import { applyMessages } from './apply-messages.ts';
import { applyStatuses } from './apply-statuses.ts';
import type { ElementVerdict } from './element-verdict.ts';

/** Elements that are applied together: some hundred round trips become a few. */
const mostTogether = 200;

/**
 * Applies the elements that have no verdict yet, those of one kind that follow each other together, until it
 * takes too long. Each stands on its own: one that fails is set aside, its neighbours go on.
 */
export async function applyElements(
  core: Core,
  elements: readonly DeliveryElement[],
  from: { readonly verdicts: readonly Verdict[]; readonly endsAt: number },
): Promise<{ readonly state: DeliveryState; readonly verdicts: readonly Verdict[] }> {
  const verdicts = [...from.verdicts];
  while (verdicts.length < elements.length) {
    if (verdicts.length > from.verdicts.length && performance.now() > from.endsAt) {
      return { state: 'PENDING', verdicts };
    }
    const some = alike(elements, verdicts.length);
    const results = await applySome(core, some);
    for (const [index, { path }] of some.entries()) {
      verdicts.push({ path, ...(results[index] ?? missing) });
    }
  }
  const isAside = verdicts.some(({ result }) => result === 'SET_ASIDE');
  return { state: isAside ? 'SET_ASIDE' : 'DONE', verdicts };
}

const missing: ElementVerdict = { result: 'SET_ASIDE', detail: 'Not applied' };

function applySome(
  core: Core,
  elements: readonly DeliveryElement[],
): Promise<readonly ElementVerdict[]> {
  const people = createPeople();
  const messages = elements.filter(isMessage);
  if (messages.length > 0) return applyMessages(core, messages, people);
  const statuses = elements.filter((element) => element.kind === 'status');
  if (statuses.length > 0) return applyStatuses(core, statuses, people);
  return Promise.resolve(elements.flatMap(verdictOf));
}

/** What concerns no chat. */
function verdictOf(element: DeliveryElement): ElementVerdict[] {
  if (element.kind === 'keep') return [{ result: 'KEPT', detail: element.detail }];
  return element.kind === 'aside' ? [{ result: 'SET_ASIDE', detail: element.detail }] : [];
}

function alike(elements: readonly DeliveryElement[], from: number): readonly DeliveryElement[] {
  const some = elements.slice(from, from + mostTogether);
  const [first] = some;
  const end = some.findIndex(
    (element) => first === undefined || groupOf(element) !== groupOf(first),
  );
  return end === -1 ? some : some.slice(0, end);
}

function groupOf(element: DeliveryElement): 'message' | 'status' | 'none' {
  if (isMessage(element)) return 'message';
  return element.kind === 'status' ? 'status' : 'none';
}

function isMessage(element: DeliveryElement) {
  return element.kind === 'inbound' || element.kind === 'echo';
}
