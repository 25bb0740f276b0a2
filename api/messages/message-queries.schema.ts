import { builder } from '../graphql/builder.ts';
import { pageArguments } from '../graphql/page-info.schema.ts';
import { messageList, pageRequest } from '../graphql/paging.ts';
import { ConversationType, MessageType } from '../graphql/refs.ts';
import { parseId } from '../ids.ts';
import { MessageConnection, messagePage } from './messages.schema.ts';

builder.queryField('messages', (t) =>
  t.field({
    type: MessageConnection,
    description: `In the order of the chat, oldest first; \`last\` / \`before\` page upwards. With neither \`first\` nor \`last\`: the last 50.
Page size 1 to 200. Filters combine. \`since\` and \`until\` are compared by whole seconds, as the order is. \`search\` matches whole words and the prefix of the last word, without regard to
case or accents; the newest hits are the last ones, as on every page. It looks in text, captions, file names, template text and reactions' targets, and finds emoji, too; it is data, never query syntax.`,
    args: {
      phoneNumber: t.arg({
        type: 'PhoneNumber',
        description: "Only messages with this customer's number.",
      }),
      conversationId: t.arg.id({ description: 'Only messages of this conversation.' }),
      search: t.arg.string({ description: 'Only messages with these words.' }),
      since: t.arg({
        type: 'DateTime',
        description: 'Only messages of this second and later ones: `first` reads on from there.',
      }),
      until: t.arg({
        type: 'DateTime',
        description: 'Only messages before this second: `last` reads back from there.',
      }),
      ...pageArguments(t.arg),
    },
    resolve: async (
      _root,
      { phoneNumber, conversationId, search, since, until, ...page },
      { messages },
    ) =>
      messagePage(
        await messages.page({
          phoneNumber: phoneNumber ?? undefined,
          conversationId: conversationId ?? undefined,
          search: search ?? undefined,
          since: since ?? undefined,
          until: until ?? undefined,
          page: pageRequest(page, messageList),
        }),
      ),
  }),
);

builder.queryField('message', (t) =>
  t.field({
    type: MessageType,
    nullable: true,
    description: 'A message by its id; null when there is no such message.',
    args: { id: t.arg.id({ required: true, description: "The message's id." }) },
    resolve: (_root, { id }, { loaders }) => {
      const messageId = parseId('msg', id);
      return messageId === null ? null : loaders.message.load(messageId);
    },
  }),
);

builder.objectField(ConversationType, 'messages', (t) =>
  t.field({
    type: MessageConnection,
    description:
      'In the order of the chat, oldest first. With neither `first` nor `last`: the last 50.',
    args: pageArguments(t.arg),
    resolve: async ({ id }, page, { messages }) =>
      messagePage(
        await messages.page({ conversationId: id, page: pageRequest(page, messageList) }),
      ),
  }),
);
