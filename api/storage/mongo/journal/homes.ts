import type { EchoElement, InboundElement } from '../../../webhook/delivery-element.ts';
import { applyChangeOfNumber } from '../contacts/change-of-number.ts';
import { identifyAmong } from '../contacts/identify.ts';
import type { People } from '../contacts/people.ts';
import { conversationFor } from '../conversations/conversation-for.ts';
import type { Core } from '../core.ts';
import type { ContactDocument, ConversationDocument } from '../documents.ts';

/** Which conversation an element belongs to, among those that its delivery went to before. */
export interface Homes {
  homeOf(element: InboundElement | EchoElement): Promise<ConversationDocument>;
}

export function createHomes(core: Core, people: People): Homes {
  const known = new Map<string, ConversationDocument>();

  async function personOf(element: InboundElement | EchoElement): Promise<ContactDocument> {
    const identity = element.kind === 'inbound' ? element.from : element.to;
    const { contact } = await identifyAmong(core, people, { identity, at: element.timestamp });
    if (element.kind === 'echo' || element.changedTo === null) return contact;
    people.forget();
    return applyChangeOfNumber(core, contact, {
      next: element.changedTo,
      at: element.timestamp,
    });
  }

  return {
    async homeOf(element) {
      const person = await personOf(element);
      const { phoneNumberId } = element.business;
      // Another revision may look different in the other conversations of this person.
      const key = `${person._id}/${String(person.revision)}/${phoneNumberId}`;
      const home =
        known.get(key) ??
        (await conversationFor(core, person, { phoneNumberId, at: element.timestamp }));
      known.set(key, home);
      return home;
    },
  };
}
