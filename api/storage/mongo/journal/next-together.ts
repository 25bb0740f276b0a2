import type { Identity } from '../../../contacts/contact.ts';
import type {
  DeliveryElement,
  EchoElement,
  InboundElement,
  StatusElement,
} from '../../../webhook/delivery-element.ts';
import { keysOf } from '../contacts/identifiers.ts';
import { wamidKeyOf } from '../messages/unique-keys.ts';

/** A large delivery lets others in after so many. */
const mostOfOne = 200;

/**
 * The elements from a place on that can be applied together. Messages come first then, so they end where that would make a
 * difference: where a status and a message are about the same wamid, or do not agree who somebody is.
 */
export function nextTogether(
  elements: readonly DeliveryElement[],
  from: number,
): readonly DeliveryElement[] {
  const some = elements.slice(from, from + mostOfOne);
  const byMessages = new Map<string, string>();
  const byStatuses = new Map<string, string>();
  const end = some.findIndex((element) => {
    if (element.kind === 'keep' || element.kind === 'aside') return false;
    const isStatus = element.kind === 'status';
    const [own, others] = isStatus ? [byStatuses, byMessages] : [byMessages, byStatuses];
    return tellingOf(element).some(([about, meaning]) => {
      own.set(about, (own.get(about) ?? meaning) === meaning ? meaning : contradiction);
      const theirs = others.get(about);
      return theirs !== undefined && (theirs !== meaning || meaning === contradiction);
    });
  });
  return end === -1 ? some : some.slice(0, end);
}

/** What is told about a wamid or a person. Of two who tell the same, either may be first. */
type Telling = readonly (readonly [about: string, meaning: string])[];

/** Agrees with nothing. */
const contradiction = 'contradiction';

function tellingOf(element: InboundElement | EchoElement | StatusElement): Telling {
  const { business, kind, wamid } = element;
  const ofWamid = [wamidKeyOf(business.phoneNumberId, wamid), kind] as const;
  switch (kind) {
    case 'status':
      return [ofWamid, ...tellingOfPerson(element.recipient)];
    case 'echo':
      return [ofWamid, ...tellingOfPerson(element.to)];
    case 'inbound':
      return [ofWamid, ...tellingOfSender(element)];
  }
}

function tellingOfSender({ changedTo, from }: InboundElement): Telling {
  if (changedTo === null) return tellingOfPerson(from);
  return [...keysOf(from), ...keysOf(changedTo)].map((key) => [key, contradiction]);
}

function tellingOfPerson(person: Identity | null): Telling {
  if (person === null) return [];
  const keys = keysOf(person);
  return keys.map((key) => [key, keys.join(' ')]);
}
