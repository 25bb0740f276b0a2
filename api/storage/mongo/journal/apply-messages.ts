import { received } from '../../../messages/delivery-status.ts';
import type { Core } from '../core.ts';
import type { ConversationDocument, MessageDocument } from '../documents.ts';
import { followUpAll } from '../messages/follow-up.ts';
import { newMessage } from '../messages/new-message.ts';
import { wamidKeyOf } from '../messages/unique-keys.ts';
import { findByWamids } from '../messages/wamids.ts';
import { learnBusinessNumbers } from './business-numbers.ts';
import { repeated } from './element-verdict.ts';
import type { ElementVerdict } from './element-verdict.ts';
import { homesOf } from './homes.ts';
import type { MessageElement } from './homes.ts';
import { insertAll } from './insert-all.ts';

/** An element on its way: its verdict, or the message that it becomes. */
type Step = ElementVerdict | MessageDocument;

/** Files messages: what came from customers, and what our side sent from the phone app. */
export async function applyMessages(
  core: Core,
  elements: readonly MessageElement[],
): Promise<readonly ElementVerdict[]> {
  if (elements.length === 0) return [];
  const keys = elements.map(({ business, wamid }) => wamidKeyOf(business.phoneNumberId, wamid));
  const businesses = elements.map(({ business }) => business);
  const [known] = await Promise.all([
    findByWamids(core, keys),
    learnBusinessNumbers(core, businesses),
  ]);
  const homes = await homesOf(
    core,
    elements.map((element, index) => (known.has(keys[index] ?? '') ? null : element)),
  );
  const seen = new Set(known.keys());
  const steps = elements.map((element, index): Step => {
    const [key, home = null] = [keys[index] ?? '', homes[index]];
    if (seen.has(key) || home === null) return repeated;
    const step = '_id' in home ? toDocument(core, element, home) : home;
    if ('_id' in step) seen.add(key);
    return step;
  });
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

/** Their ids grow with their arrival, whoever was known first. */
function toDocument(
  core: Core,
  element: MessageElement,
  home: ConversationDocument,
): MessageDocument {
  return newMessage(core, home, {
    ...directed(element),
    wamid: element.wamid,
    content: element.content,
    timestamp: element.timestamp,
    receivedAt: core.clock.now(),
    replyToWamid: element.replyToWamid,
    sender: null,
    clientMessageId: null,
  });
}

function directed(element: MessageElement): Pick<MessageDocument, 'direction' | 'delivery'> {
  if (element.kind === 'inbound') return { direction: 'INBOUND', delivery: received };
  const delivery = { ...received, stage: 'ACCEPTED', sentAt: element.timestamp } as const;
  return { direction: 'OUTBOUND', delivery };
}
