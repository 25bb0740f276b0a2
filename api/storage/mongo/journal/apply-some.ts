import type { DeliveryElement } from '../../../webhook/delivery-element.ts';
import type { Verdict } from '../../store.ts';
import type { Core } from '../core.ts';
import { applyMessages } from './apply-messages.ts';
import { applyStatuses } from './apply-statuses.ts';
import type { ElementVerdict } from './element-verdict.ts';

/**
 * Applies elements of any number of deliveries together, messages first (see `nextTogether`). Each stands on its
 * own: one that fails is set aside, its neighbours go on.
 */
export async function applySome(
  core: Core,
  elements: readonly DeliveryElement[],
): Promise<readonly Verdict[]> {
  const messages = elements.filter(
    (element) => element.kind === 'inbound' || element.kind === 'echo',
  );
  const statuses = elements.filter((element) => element.kind === 'status');
  const ofMessages = await applyMessages(core, messages);
  const ofStatuses = await applyStatuses(core, statuses);
  const [message, status] = [ofMessages.values(), ofStatuses.values()];
  return elements.map((element) => {
    const verdict =
      verdictOf(element) ?? (element.kind === 'status' ? status : message).next().value;
    return { path: element.path, ...(verdict ?? missing) };
  });
}

const missing: ElementVerdict = { result: 'SET_ASIDE', detail: 'Not applied' };

/** On what concerns no chat. */
function verdictOf(element: DeliveryElement): ElementVerdict | null {
  switch (element.kind) {
    case 'keep':
      return { result: 'KEPT', detail: element.detail };
    case 'aside':
      return { result: 'SET_ASIDE', detail: element.detail };
    case 'inbound':
    case 'echo':
    case 'status':
      return null;
  }
}
