import type { DeliveryElement } from '../../../webhook/delivery-element.ts';

/** A large delivery lets others in after so many. */
const mostOfOne = 200;

/** The elements from a place on that can be applied together: of one kind, following each other. */
export function nextAlike(
  elements: readonly DeliveryElement[],
  from: number,
): readonly DeliveryElement[] {
  const some = elements.slice(from, from + mostOfOne);
  const [first] = some;
  const end = some.findIndex(
    (element) => first === undefined || groupOf(element) !== groupOf(first),
  );
  return end === -1 ? some : some.slice(0, end);
}

function groupOf({ kind }: DeliveryElement): 'message' | 'status' | 'other' {
  if (kind === 'inbound' || kind === 'echo') return 'message';
  return kind === 'status' ? 'status' : 'other';
}
