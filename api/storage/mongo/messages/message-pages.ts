import type { Filter } from 'mongodb';
import type { Message } from '../../../messages/message.ts';
import type { Place } from '../../../messages/chat-order.ts';
import type { Page, PageRequest } from '../../../paging.ts';
import type { SearchTerms } from '../../../search/tokens.ts';
import type { MessageQuery } from '../../store.ts';
import { liveConversations } from '../conversations/live-conversations.ts';
import type { Core } from '../core.ts';
import type { MessageDocument } from '../documents.ts';
import { beyondPlace, byPlace, readPage } from '../paging.ts';
import { toMessage } from './message-documents.ts';
import { chatSecond } from './new-message.ts';
import { afterPrefix, continuationsOf } from './search-words.ts';

const nothing: Page<Message> = { items: [], hasNextPage: false, hasPreviousPage: false };

export async function messagePage(core: Core, query: MessageQuery): Promise<Page<Message>> {
  const { messages } = core.collections;
  const [chats, search] = await Promise.all([
    query.conversationIds === undefined ? null : liveConversations(core, query.conversationIds),
    query.search === undefined ? [] : searchConditions(core, query.search),
  ]);
  if (chats?.size === 0) return nothing;
  const within = chats === null ? [] : [inConversations(chats)];
  const page = await readPage(placed(query.page), ({ isForward, limit, ...between }) => {
    const { from, isInclusive = false, to } = between;
    const conditions: Filter<MessageDocument>[] = [
      ...within,
      ...search,
      ...(from === undefined
        ? []
        : [beyondPlace<MessageDocument>('second', from, { isUp: isForward, isInclusive })]),
      ...(to === undefined
        ? []
        : [beyondPlace<MessageDocument>('second', to, { isUp: !isForward, isInclusive: false })]),
    ];
    return messages
      .find(conditions.length === 0 ? {} : { $and: conditions })
      .sort(byPlace('second', isForward))
      .limit(limit)
      .toArray();
  });
  return { ...page, items: page.items.map(toMessage) };
}

function inConversations(
  chats: Awaited<ReturnType<typeof liveConversations>>,
): Filter<MessageDocument> {
  const [only, ...others] = new Set([...chats.values()].map(({ _id }) => _id));
  if (only === undefined) return {};
  return { conversationId: others.length === 0 ? only : { $in: [only, ...others] } };
}

/** Every word has to be there, the last one as a beginning. */
async function searchConditions(
  core: Core,
  { prefix, wholeWords }: SearchTerms,
): Promise<Filter<MessageDocument>[]> {
  const continuations = await continuationsOf(core, prefix);
  return [
    ...wholeWords.map((word) => ({ tokens: word })),
    continuations === null
      ? { tokens: { $elemMatch: { $gte: prefix, $lt: afterPrefix(prefix) } } }
      : { tokens: { $in: [...continuations] } },
  ];
}

/** Cursors hold the time itself, the order its nearest second. */
function placed(request: PageRequest): PageRequest {
  const clamp = (place: Place | undefined) =>
    place === undefined ? undefined : { ...place, second: chatSecond(place.second) };
  return { ...request, after: clamp(request.after), before: clamp(request.before) };
}
