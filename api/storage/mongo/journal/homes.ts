import type { Instant } from '../../../clock.ts';
import type { Identity } from '../../../contacts/contact.ts';
import type { ContactId } from '../../../ids.ts';
import type { EchoElement, InboundElement } from '../../../webhook/delivery-element.ts';
import { applyChangeOfNumber } from '../contacts/change-of-number.ts';
import { identifyAmong } from '../contacts/identify.ts';
import { inGroups } from '../contacts/in-groups.ts';
import { createPeople } from '../contacts/people.ts';
import type { People } from '../contacts/people.ts';
import { conversationAmong, conversationWith } from '../conversations/conversation-with.ts';
import type { Core } from '../core.ts';
import type { ContactDocument, ConversationDocument } from '../documents.ts';
import { setAside } from './element-verdict.ts';
import type { ElementVerdict } from './element-verdict.ts';

export type MessageElement = InboundElement | EchoElement;

/** The conversation of a message, or why it has none. */
export type Home = ConversationDocument | ElementVerdict;

/**
 * Which conversations elements belong to; null for those that do not matter. What concerns the same people is
 * done in its order, different people at the same time.
 */
export async function homesOf(
  core: Core,
  elements: readonly (MessageElement | null)[],
): Promise<readonly (Home | null)[]> {
  const named = elements.map((element) => (element === null ? [] : namedBy(element)));
  const people = await createPeople(core, named.flat());
  const finder = createFinder(core, people, await conversationsOf(core, people));
  const homes: (Home | null)[] = elements.map(() => null);
  const findAll = async (indices: readonly number[]) => {
    for (const index of indices) {
      const element = elements[index] ?? null;
      if (element !== null) homes[index] = await finder.find(element);
    }
  };
  await Promise.all(inGroups(named).map(findAll));
  return homes;
}

function namedBy(element: MessageElement): Identity[] {
  if (element.kind === 'echo') return [element.to];
  return element.changedTo === null ? [element.from] : [element.from, element.changedTo];
}

/** Of those whom the elements name, by contact: so that nobody is looked up for each of them. */
async function conversationsOf(core: Core, people: People): Promise<Conversations> {
  const ids = [...new Set(people.all().map(({ _id }) => _id))];
  const found = ids.map(async (id) => [id, await core.lookups.conversationsOf(id)] as const);
  return new Map(await Promise.all(found));
}

type Conversations = ReadonlyMap<ContactId, readonly ConversationDocument[]>;

function createFinder(core: Core, people: People, before: Conversations) {
  const known = new Map<string, ConversationDocument>();

  async function personOf(element: MessageElement): Promise<ContactDocument> {
    const identity = element.kind === 'inbound' ? element.from : element.to;
    const at = element.timestamp;
    const { contact } = await identifyAmong(core, people, { identity, at });
    if (element.kind === 'echo' || element.changedTo === null) return contact;
    people.forget(element.changedTo);
    people.forget(identity);
    return applyChangeOfNumber(core, contact, { next: element.changedTo, at });
  }

  function conversationOf(
    person: ContactDocument,
    first: { readonly phoneNumberId: string; readonly at: Instant },
  ): Promise<ConversationDocument> {
    const conversations = before.get(person._id);
    if (conversations === undefined) return conversationWith(core, person, first);
    return conversationAmong(core, person, { ...first, conversations });
  }

  async function homeOf(element: MessageElement): Promise<ConversationDocument> {
    const { business, timestamp: at } = element;
    if (!Number.isFinite(at)) throw new Error('Its time is no time');
    const person = await personOf(element);
    const { phoneNumberId } = business;
    // Another revision may look different in the other conversations of this person.
    const key = `${person._id}/${String(person.revision)}/${phoneNumberId}`;
    const home = known.get(key) ?? (await conversationOf(person, { phoneNumberId, at }));
    known.set(key, home);
    return home;
  }

  return {
    async find(element: MessageElement): Promise<Home> {
      try {
        return await homeOf(element);
      } catch (error) {
        return setAside(core, element.path, error);
      }
    },
  };
}
