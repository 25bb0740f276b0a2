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
import { storeMessages } from './store-messages.ts';

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
  const fresh = steps.filter((step) => '_id' in step);
  const { messages, verdicts } = await storeMessages(core, fresh);
  const before = [...known.values()].map(({ message }) => message);
  // Whoever stored them may not have come so far as to follow them up.
  await followUpAll(
    core,
    [...before, ...messages].filter(({ isNew }) => isNew === true),
  );
  return steps.map((step) =>
    '_id' in step ? (verdicts.get(step.wamidKey ?? '') ?? repeated) : step,
  );
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
