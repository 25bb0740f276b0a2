import { received } from '../../../messages/delivery-status.ts';
import type { EchoElement, InboundElement } from '../../../webhook/delivery-element.ts';
import type { People } from '../contacts/people.ts';
import type { Core } from '../core.ts';
import type { MessageDocument } from '../documents.ts';
import { followUpAll } from '../messages/follow-up.ts';
import { newMessage } from '../messages/new-message.ts';
import { wamidKeyOf } from '../messages/unique-keys.ts';
import { findByWamids } from '../messages/wamids.ts';
import { learnBusinessNumbers } from './business-numbers.ts';
import { repeated, setAside } from './element-verdict.ts';
import type { ElementVerdict } from './element-verdict.ts';
import { createHomes } from './homes.ts';
import type { Homes } from './homes.ts';
import { insertAll } from './insert-all.ts';

type MessageElement = InboundElement | EchoElement;

/** An element on its way: its verdict, or the message that it becomes. */
type Step = ElementVerdict | MessageDocument;

/** Files messages: what came from customers, and what our side sent from the phone app. */
export async function applyMessages(
  core: Core,
  elements: readonly MessageElement[],
  people: People,
): Promise<readonly ElementVerdict[]> {
  if (elements.length === 0) return [];
  const keys = elements.map(({ business, wamid }) => wamidKeyOf(business.phoneNumberId, wamid));
  const businesses = elements.map(({ business }) => business);
  const [known] = await Promise.all([
    findByWamids(core, keys),
    learnBusinessNumbers(core, businesses),
  ]);
  const seen = new Set(known.keys());
  const homes = createHomes(core, people);
  const steps: Step[] = [];
  for (const [index, element] of elements.entries()) {
    const key = keys[index] ?? '';
    const step = seen.has(key) ? repeated : await toDocument(core, element, homes);
    steps.push(step);
    if ('_id' in step) seen.add(key);
  }
  const { messages, verdicts } = await insertAll(
    core,
    steps.filter((step) => '_id' in step),
  );
  const stored = [...known.values()].map(({ message }) => message);
  const others = await taken(core, steps, verdicts);
  // Whoever stored those may not have come so far as to follow them up.
  const unfinished = [...stored, ...others].filter(({ isNew }) => isNew === true);
  await followUpAll(core, [...messages, ...unfinished]);
  return steps.map((step) => ('_id' in step ? (verdicts.get(step._id) ?? repeated) : step));
}

/** Somebody else's, stored since we looked. */
async function taken(
  core: Core,
  steps: readonly Step[],
  verdicts: ReadonlyMap<MessageDocument['_id'], ElementVerdict>,
): Promise<MessageDocument[]> {
  const keys = steps.flatMap((step) =>
    '_id' in step && verdicts.get(step._id) === repeated ? (step.wamidKey ?? []) : [],
  );
  return Array.from((await findByWamids(core, keys)).values(), ({ message }) => message);
}

async function toDocument(core: Core, element: MessageElement, homes: Homes): Promise<Step> {
  try {
    if (!Number.isFinite(element.timestamp)) throw new Error('Its time is no time');
    return newMessage(core, await homes.homeOf(element), {
      ...directed(element),
      wamid: element.wamid,
      content: element.content,
      timestamp: element.timestamp,
      receivedAt: core.clock.now(),
      replyToWamid: element.replyToWamid,
      sender: null,
      clientMessageId: null,
    });
  } catch (error) {
    return setAside(core, element.path, error);
  }
}

function directed(element: MessageElement): Pick<MessageDocument, 'direction' | 'delivery'> {
  if (element.kind === 'inbound') return { direction: 'INBOUND', delivery: received };
  const delivery = { ...received, stage: 'ACCEPTED', sentAt: element.timestamp } as const;
  return { direction: 'OUTBOUND', delivery };
}
