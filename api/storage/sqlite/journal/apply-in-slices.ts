import { performance } from 'node:perf_hooks';
import type { DeliveryElement } from '../../../webhook/delivery-element.ts';
import type { JournalEntry } from '../../store.ts';
import type { Core } from '../core.ts';
import type { Operations } from '../operations.ts';
import { goOn } from './deliveries.ts';

/** Meta waits for the answer; what is not applied by then is applied later. */
const applyLimitMs = 1_000;

/**
 * Goes on with a delivery that was begun until every element has its verdict, one transaction after
 * another. It is in the journal already: what fails or takes too long stays PENDING.
 */
export async function applyInSlices(
  { core, operations }: { readonly core: Core; readonly operations: Operations },
  begun: JournalEntry,
  applying: { readonly elements: readonly DeliveryElement[]; readonly startedAt: number },
): Promise<JournalEntry> {
  const { elements, startedAt } = applying;
  let entry = begun;
  while (entry.state === 'PENDING' && performance.now() - startedAt < applyLimitMs) {
    const before = entry;
    try {
      entry = await operations.write('journal.goOn', () => goOn(core, before, elements));
    } catch (err) {
      core.log.error({ err, id: entry.id }, 'delivery could not be applied');
      return entry;
    }
  }
  return entry;
}
