import type { Filter } from 'mongodb';
import type { Conversation } from '../../../conversations/conversation.ts';
import type { Page } from '../../../paging.ts';
import type { ConversationFilter, ConversationQuery } from '../../store.ts';
import type { Core } from '../core.ts';
import type { ConversationDocument } from '../documents.ts';
import { beyondPlace, byPlace, readPage } from '../paging.ts';
import { toConversation } from './conversation-documents.ts';

/** The list descends: what is `after` in it is older. */
export async function conversationPage(
  core: Core,
  { filter, page: request }: ConversationQuery,
): Promise<Page<Conversation>> {
  const page = await readPage(request, ({ from, isForward, isInclusive = false, limit, to }) => {
    const conditions: Filter<ConversationDocument>[] = [
      { activitySecond: { $gte: 0 } },
      ...filterConditions(filter),
      ...(from === undefined
        ? []
        : [
            beyondPlace<ConversationDocument>('activitySecond', from, {
              isUp: !isForward,
              isInclusive,
            }),
          ]),
      ...(to === undefined
        ? []
        : [
            beyondPlace<ConversationDocument>('activitySecond', to, {
              isUp: isForward,
              isInclusive: false,
            }),
          ]),
    ];
    return core.collections.conversations
      .find({ $and: conditions })
      .sort(byPlace('activitySecond', !isForward))
      .limit(limit)
      .toArray();
  });
  return { ...page, items: page.items.map(toConversation) };
}

export async function totalUnread(core: Core, filter: ConversationFilter): Promise<number> {
  const conditions = filterConditions({ ...filter, unreadOnly: true });
  const [sum] = await core.collections.conversations
    .aggregate<{ readonly unread: number }>([
      { $match: { $and: conditions } },
      { $group: { _id: null, unread: { $sum: '$unread' } } },
    ])
    .toArray();
  return sum?.unread ?? 0;
}

function filterConditions({
  search = [],
  unreadOnly = false,
}: ConversationFilter): Filter<ConversationDocument>[] {
  return [
    ...search.map((word) => ({ tokens: word })),
    ...(unreadOnly ? [{ unread: { $gt: 0 } }] : []),
  ];
}
