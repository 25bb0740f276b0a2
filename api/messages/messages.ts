import type { Instant } from '../clock.ts';
import { phoneNumberProblem } from '../contacts/phone-number.ts';
import { InvalidInputError } from '../errors.ts';
import { parseId } from '../ids.ts';
import type { ConversationId } from '../ids.ts';
import type { Page, PageRequest } from '../paging.ts';
import { parseSearch } from '../search/tokens.ts';
import type { MessageStore } from '../storage/store.ts';
import { beginningOf, comparePlaces } from './chat-order.ts';
import type { Place } from './chat-order.ts';
import type { Message } from './message.ts';
import { createRetryMessage } from './retry-message.ts';
import type { RetryMessage } from './retry-message.ts';
import { otherKindProblem } from './send-input.ts';
import { createSendMessage } from './send-message.ts';
import type { SendMessage, SendOptions } from './send-message.ts';

export type { SendResult } from './send-result.ts';

export interface Messages extends Pick<MessageStore, 'byIds' | 'byWamids' | 'reactionsTo'> {
  /** In chat order. Throws InvalidInputError with a path that begins with the name of the argument. */
  page(query: MessagesQuery): Promise<Page<Message>>;
  readonly send: SendMessage;
  readonly retry: RetryMessage;
}

/** Filters combine. */
export interface MessagesQuery {
  readonly page: PageRequest;
  readonly conversationId?: string | undefined;
  /** All conversations of this person, one for each business number. */
  readonly phoneNumber?: string | undefined;
  readonly search?: string | undefined;
  /** Only of the whole second of this time and later ones. */
  readonly since?: Instant | undefined;
  /** Only before the whole second of this time. */
  readonly until?: Instant | undefined;
}

const nothing: Page<Message> = { items: [], hasNextPage: false, hasPreviousPage: false };

/** Everything people do with messages. */
export function createMessages(options: SendOptions): Messages {
  const { messages, conversations } = options.store;

  async function conversationsOf(query: MessagesQuery): Promise<ConversationId[] | null> {
    const { conversationId, phoneNumber } = query;
    if (conversationId === undefined && phoneNumber === undefined) return null;
    const id = conversationId === undefined ? null : conversationIdOf(conversationId);
    const chosen =
      id === null ? null : [...(await conversations.byIds([id])).values()].map((found) => found.id);
    if (phoneNumber === undefined) return chosen;
    const problem = phoneNumberProblem(phoneNumber);
    if (problem !== null)
      throw new InvalidInputError([{ path: ['phoneNumber'], message: problem }]);
    const theirs = (await conversations.allByPhoneNumber(phoneNumber)).map((found) => found.id);
    return chosen === null ? theirs : theirs.filter((each) => chosen.includes(each));
  }

  return {
    byIds: (ids) => messages.byIds(ids),
    byWamids: (phoneNumberId, wamids) => messages.byWamids(phoneNumberId, wamids),
    reactionsTo: (targets) => messages.reactionsTo(targets),
    async page(query) {
      const conversationIds = await conversationsOf(query);
      if (conversationIds?.length === 0) return nothing;
      const filter = {
        page: pageWithin(query.page, query),
        ...(conversationIds === null ? {} : { conversationIds }),
      };
      if (query.search === undefined || query.search.trim() === '') {
        return messages.page(filter);
      }
      const search = parseSearch(query.search);
      return search === null ? nothing : messages.page({ ...filter, search });
    },
    send: createSendMessage(options),
    retry: createRetryMessage(options),
  };
}

/** Times are places as cursors are: the stricter one of both counts. */
function pageWithin(page: PageRequest, { since, until }: MessagesQuery): PageRequest {
  const after = since === undefined ? page.after : later(page.after, beginningOf(since));
  const before = until === undefined ? page.before : earlier(page.before, beginningOf(until));
  return { ...page, after, before };
}

function later(place: Place | undefined, other: Place): Place {
  return place !== undefined && comparePlaces(place, other) > 0 ? place : other;
}

function earlier(place: Place | undefined, other: Place): Place {
  return place !== undefined && comparePlaces(place, other) < 0 ? place : other;
}

function conversationIdOf(value: string): ConversationId {
  const id = parseId('cnv', value);
  if (id !== null) return id;
  const message = otherKindProblem(value, 'cnv') ?? 'This is not the id of a conversation.';
  throw new InvalidInputError([{ path: ['conversationId'], message }]);
}
