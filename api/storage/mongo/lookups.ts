import DataLoader from 'dataloader';
import type { ContactId, ConversationId } from '../../ids.ts';
import type { Collections } from './collections.ts';
import type { ContactDocument, ConversationDocument } from './documents.ts';

/**
 * What is looked up for each of many at the same moment, as one command: the elements of deliveries that are
 * applied together ask for the same things together. Nothing is remembered: each look begins after it was asked for.
 */
export interface Lookups {
  conversation(id: ConversationId): Promise<ConversationDocument | null>;
  contact(id: ContactId): Promise<ContactDocument | null>;
  /** Every conversation that a contact has by now, but those that were joined into others. */
  conversationsOf(id: ContactId): Promise<readonly ConversationDocument[]>;
  /** How many messages of a conversation are unread. */
  unread(id: ConversationId): Promise<number>;
}

export function createLookups({ contacts, conversations, messages }: Collections): Lookups {
  const byId = together((ids: readonly ConversationId[]) =>
    conversations.find({ _id: { $in: [...ids] } }).map((found) => [found._id, found] as const),
  );
  const contactsById = together((ids: readonly ContactId[]) =>
    contacts.find({ _id: { $in: [...ids] } }).map((found) => [found._id, found] as const),
  );
  const byContact = together((ids: readonly ContactId[]) =>
    conversations
      .find({ 'contact.id': { $in: [...ids] }, key: { $exists: true } })
      .map((found) => [found.contact.id, found] as const),
  );
  const unreadOf = together((ids: readonly ConversationId[]) =>
    messages
      .aggregate<{ readonly _id: ConversationId; readonly unread: number }>([
        {
          $match: {
            conversationId: { $in: ids },
            unseen: { $exists: true },
            'unseen.counted': true,
          },
        },
        { $group: { _id: '$conversationId', unread: { $sum: 1 } } },
      ])
      .map(({ _id, unread }) => [_id, unread] as const),
  );
  return {
    conversation: async (id) => (await byId.load(id))[0] ?? null,
    contact: async (id) => (await contactsById.load(id))[0] ?? null,
    conversationsOf: (id) => byContact.load(id),
    unread: async (id) => (await unreadOf.load(id))[0] ?? 0,
  };
}

interface Cursor<Found> {
  toArray(): Promise<Found[]>;
}

/** What one command finds for many keys, by key. */
function together<Key, Found>(
  find: (keys: readonly Key[]) => Cursor<readonly [Key, Found]>,
): DataLoader<Key, readonly Found[]> {
  const load = async (keys: readonly Key[]) => {
    const byKey = new Map<Key, Found[]>(keys.map((key) => [key, []]));
    for (const [key, found] of await find([...byKey.keys()]).toArray()) byKey.get(key)?.push(found);
    return keys.map((key) => byKey.get(key) ?? []);
  };
  return new DataLoader(load, { cache: false });
}
