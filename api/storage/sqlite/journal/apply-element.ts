import { identify, applyChangeOfNumber } from '../contacts/identify.ts';
import type { Identified } from '../contacts/identify.ts';
import { conversationFor } from '../conversations/conversation-rows.ts';
import type { Core } from '../core.ts';
import { fileMessage } from '../messages/file-message.ts';
import { isWamidKnown } from '../messages/wamids.ts';
import { received } from '../../../messages/delivery-status.ts';
import type {
  DeliveryElement,
  EchoElement,
  InboundElement,
} from '../../../webhook/delivery-element.ts';
import type { BusinessNumber } from '../../../webhook/delivery-element.ts';
import type { Verdict } from '../../store.ts';
import { applyStatus } from './apply-status.ts';

export type ElementVerdict = Pick<Verdict, 'result' | 'detail'>;

export const applied: ElementVerdict = { result: 'APPLIED', detail: null };
export const repeated: ElementVerdict = { result: 'REPEATED', detail: null };

/** Applies one element; again is the same as once. What throws leaves no trace. */
export function applyElement(core: Core, element: DeliveryElement): ElementVerdict {
  switch (element.kind) {
    case 'keep':
      return { result: 'KEPT', detail: element.detail };
    case 'aside':
      return { result: 'SET_ASIDE', detail: element.detail };
    case 'inbound':
      return applyInbound(core, element);
    case 'echo':
      return applyEcho(core, element);
    case 'status':
      learnBusinessNumber(core, element.business);
      return applyStatus(core, element);
  }
}

function applyInbound(core: Core, element: InboundElement): ElementVerdict {
  const { business, timestamp, changedTo } = element;
  learnBusinessNumber(core, business);
  if (isKnown(core, element)) return repeated;
  const who = identify(core, element.from, timestamp);
  const now =
    changedTo === null ? who : applyChangeOfNumber(core, who, { next: changedTo, at: timestamp });
  const filing = { direction: 'INBOUND', delivery: received } as const;
  file(core, element, { ...filing, who: now });
  return applied;
}

function applyEcho(core: Core, element: EchoElement): ElementVerdict {
  learnBusinessNumber(core, element.business);
  if (isKnown(core, element)) return repeated;
  const who = identify(core, element.to, element.timestamp);
  const delivery = { ...received, stage: 'ACCEPTED', sentAt: element.timestamp } as const;
  file(core, element, { direction: 'OUTBOUND', delivery, who });
  return applied;
}

function isKnown(core: Core, { business, wamid }: InboundElement | EchoElement): boolean {
  return isWamidKnown(core.database, business.phoneNumberId, wamid);
}

function file(
  core: Core,
  element: InboundElement | EchoElement,
  as: Pick<Parameters<typeof fileMessage>[2], 'direction' | 'delivery'> & {
    readonly who: Identified;
  },
): void {
  const { person, changedConversations } = as.who;
  const conversation = conversationFor(core, person.key, {
    phoneNumberId: element.business.phoneNumberId,
    at: element.timestamp,
  });
  fileMessage(core, conversation, {
    wamid: element.wamid,
    direction: as.direction,
    content: element.content,
    timestamp: element.timestamp,
    receivedAt: core.clock.now(),
    delivery: as.delivery,
    replyToWamid: element.replyToWamid,
    sender: null,
    clientMessageId: null,
  });
  // MESSAGE_ADDED shows its own conversation.
  for (const id of changedConversations) {
    if (id !== conversation.id) core.changes.conversationUpdated(id);
  }
}

function learnBusinessNumber(core: Core, business: BusinessNumber): void {
  if (business.displayPhoneNumber === null) return;
  core.database.run(
    `INSERT INTO business_numbers (phone_number_id, display_phone_number) VALUES (?, ?)
     ON CONFLICT DO UPDATE SET display_phone_number = excluded.display_phone_number
     WHERE display_phone_number IS NOT excluded.display_phone_number`,
    business.phoneNumberId,
    business.displayPhoneNumber,
  );
}
