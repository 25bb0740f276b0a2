import type { Clock } from '../clock.ts';
import type { WhatsAppConfig } from '../config.ts';
import { digitsOfTypedNumber, phoneNumberProblem } from '../contacts/phone-number.ts';
import { InvalidInputError } from '../errors.ts';
import { parseId } from '../ids.ts';
import type { ConversationId } from '../ids.ts';
import { placeOf } from '../messages/chat-order.ts';
import type { Place } from '../messages/chat-order.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Page, PageRequest } from '../paging.ts';
import { searchWordsOf } from '../search/tokens.ts';
import type { ConversationFilter, ConversationStore, Store } from '../storage/store.ts';
import type { Conversation } from './conversation.ts';

export interface Conversations extends Pick<
  ConversationStore,
  'byIds' | 'contactsByIds' | 'allByPhoneNumber' | 'firstUnread'
> {
  /** Also by an id that was joined into another; null for what is no id at all. */
  byId(id: string): Promise<Conversation | null>;
  /** On the default business number. Throws InvalidInputError for what is no phone number. */
  byPhoneNumber(phoneNumber: string): Promise<Conversation | null>;
  /** Newest activity first. */
  page(query: ConversationsQuery): Promise<Page<Conversation>>;
  /** Of all conversations of the filter. */
  totalUnread(filter: ConversationsFilter): Promise<number>;
  /**
   * Marks inbound messages seen, up to and including this one, or all; WhatsApp is told. Null when
   * there is no such conversation, or no such message in it.
   */
  markRead(conversationId: string, upToMessageId: string | null): Promise<Conversation | null>;
}

export interface ConversationsFilter {
  /**
   * Each word has to begin a word of the name, the username or a number; a number may be written with
   * spaces and the like.
   */
  readonly search?: string | undefined;
  readonly unreadOnly?: boolean | undefined;
}

interface ConversationsQuery {
  readonly page: PageRequest;
  readonly filter: ConversationsFilter;
}

export interface ConversationsOptions {
  readonly store: Pick<Store, 'conversations' | 'messages'>;
  readonly config: Pick<WhatsAppConfig, 'phoneNumberIds'>;
  readonly clock: Clock;
  readonly outbox: Pick<Outbox, 'wake'>;
}

/** Everything people do with conversations. */
export function createConversations(options: ConversationsOptions): Conversations {
  const { config, clock, outbox } = options;
  const { conversations, messages } = options.store;
  const [defaultNumberId = null] = config.phoneNumberIds;

  async function byId(id: string): Promise<Conversation | null> {
    const conversationId = parseId('cnv', id);
    if (conversationId === null) return null;
    return (await conversations.byIds([conversationId])).get(conversationId) ?? null;
  }

  /** Null when the message is not in this conversation. */
  async function placeIn(conversationId: ConversationId, id: string): Promise<Place | null> {
    const messageId = parseId('msg', id);
    if (messageId === null) return null;
    const message = (await messages.byIds([messageId])).get(messageId);
    return message?.conversationId === conversationId
      ? placeOf(message.timestamp, message.id)
      : null;
  }

  return {
    byId,
    byIds: (ids) => conversations.byIds(ids),
    contactsByIds: (ids) => conversations.contactsByIds(ids),
    allByPhoneNumber: (phoneNumber) => conversations.allByPhoneNumber(phoneNumber),
    firstUnread: (id) => conversations.firstUnread(id),
    async byPhoneNumber(phoneNumber) {
      const message = phoneNumberProblem(phoneNumber);
      if (message !== null) throw new InvalidInputError([{ path: ['phoneNumber'], message }]);
      if (defaultNumberId === null) return null;
      return conversations.byPhoneNumber(defaultNumberId, phoneNumber);
    },
    async page({ page, filter }) {
      const known = filterOf(filter);
      return known === null ? nothing : conversations.page({ page, filter: known });
    },
    async totalUnread(filter) {
      const known = filterOf(filter);
      return known === null ? 0 : conversations.totalUnread(known);
    },
    async markRead(conversationId, upToMessageId) {
      const conversation = await byId(conversationId);
      if (conversation === null) return null;
      const upTo = upToMessageId === null ? null : await placeIn(conversation.id, upToMessageId);
      if (upToMessageId !== null && upTo === null) return null;
      const marked = await conversations.markRead(conversation.id, upTo, clock.now());
      outbox.wake();
      return marked;
    },
  };
}

const nothing: Page<Conversation> = { items: [], hasNextPage: false, hasPreviousPage: false };

/** Null when the search holds no word, so that it finds nothing. */
function filterOf({ search, unreadOnly }: ConversationsFilter): ConversationFilter | null {
  const unread = unreadOnly === true ? { unreadOnly } : {};
  if (search === undefined || search.trim() === '') return unread;
  const number = digitsOfTypedNumber(search);
  const words = number === null ? searchWordsOf(search) : [number];
  return words.length === 0 ? null : { ...unread, search: words };
}
