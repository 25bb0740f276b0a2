import { asksFor } from '../graphql/asks-for.ts';
import { badUserInput } from '../graphql/bad-user-input.ts';
import { builder } from '../graphql/builder.ts';
import type { GraphQLContext } from '../graphql/context.ts';
import { pageArguments } from '../graphql/page-info.schema.ts';
import { conversationList, pageRequest } from '../graphql/paging.ts';
import { NotFoundErrorType } from '../graphql/refusals.schema.ts';
import { ConversationType } from '../graphql/refs.ts';
import { parseId } from '../ids.ts';
import { placeOf } from '../messages/chat-order.ts';
import type { Conversation } from './conversation.ts';
import { ConversationConnection } from './conversations.schema.ts';

const ConversationFilterInput = builder.inputType('ConversationFilter', {
  description: 'Which conversations are wanted.',
  fields: (t) => ({
    search: t.string({
      description:
        'Words that begin words of the name or the username, or a number as people write it: whole, a part of it, with + or 00, or in its national form with a leading 0.',
    }),
    unreadOnly: t.boolean({ description: 'Only those with unread messages.' }),
  }),
});

builder.queryField('conversations', (t) =>
  t.field({
    type: ConversationConnection,
    description:
      'Newest activity first. With neither `first` nor `last`: the first 50. Page size 1 to 200.',
    args: {
      ...pageArguments(t.arg),
      filter: t.arg({ type: ConversationFilterInput, description: 'All of them without it.' }),
    },
    resolve: async (...[, { filter: wanted, ...page }, { conversations, feed }, info]) => {
      // Before the page: what the page is too early for comes after this cursor.
      const eventCursor = asksFor('eventCursor', info) ? await feed.head() : null;
      const filter = {
        search: wanted?.search ?? undefined,
        unreadOnly: wanted?.unreadOnly ?? undefined,
      };
      const found = await conversations.page({ filter, page: pageRequest(page, conversationList) });
      return {
        ...found,
        filter,
        eventCursor,
        placeOf: ({ lastActivityAt, id }) => placeOf(lastActivityAt, id),
      };
    },
  }),
);

builder.queryField('conversation', (t) =>
  t.field({
    type: ConversationType,
    nullable: true,
    description:
      "By id, or by the customer's phone number (on the default business number). Exactly one.",
    args: {
      id: t.arg.id({ description: "The conversation's id." }),
      phoneNumber: t.arg({ type: 'PhoneNumber', description: "The customer's number." }),
    },
    resolve: (_root, { id, phoneNumber }, context) =>
      findConversation({ id: id ?? null, phoneNumber: phoneNumber ?? null }, context),
  }),
);

async function findConversation(
  { id, phoneNumber }: { readonly id: string | null; readonly phoneNumber: string | null },
  { loaders, conversations }: GraphQLContext,
): Promise<Conversation | null> {
  if (id !== null && phoneNumber === null) {
    const conversationId = parseId('cnv', id);
    return conversationId === null ? null : loaders.conversation.load(conversationId);
  }
  if (id === null && phoneNumber !== null) return conversations.byPhoneNumber(phoneNumber);
  throw badUserInput('id', 'Give exactly one of `id` and `phoneNumber`.');
}

const MarkConversationReadResult = builder.unionType('MarkConversationReadResult', {
  description: 'The conversation as it is then, or why it was refused.',
  types: [ConversationType, NotFoundErrorType],
  resolveType: (result) => ('kind' in result ? 'NotFoundError' : 'Conversation'),
});

const notFound = {
  kind: 'not-found',
  message: 'There is no such conversation, or no such message in it. Refetch the list.',
} as const;

builder.mutationField('markConversationRead', (t) =>
  t.field({
    type: MarkConversationReadResult,
    description:
      'Marks inbound messages seen, up to and including this one in chat order (all, without it); tells WhatsApp, so that the customer sees blue ticks.',
    args: {
      conversationId: t.arg.id({ required: true, description: 'The conversation.' }),
      upToMessageId: t.arg.id({ description: 'The last message that was seen.' }),
    },
    resolve: async (_root, { conversationId, upToMessageId }, { conversations }) =>
      (await conversations.markRead(conversationId, upToMessageId ?? null)) ?? notFound,
  }),
);
