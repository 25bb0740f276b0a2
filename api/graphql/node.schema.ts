import type { Contact } from '../contacts/contact.ts';
import type { Conversation } from '../conversations/conversation.ts';
import { idKindOf, trustedId } from '../ids.ts';
import type { Message } from '../messages/message.ts';
import { builder } from './builder.ts';
import type { GraphQLContext } from './context.ts';

/** What `node(id)` can give back: the id says of which type it is. */
export const NodeType = builder.interfaceRef<Message | Conversation | Contact>('Node').implement({
  description: 'Anything that has an id of its own.',
  fields: (t) => ({
    id: t.exposeID('id', {
      description: 'Unique over all types, and never given to anything else.',
    }),
  }),
  resolveType: ({ id }) => typeNames[idKindOf(id) ?? 'dlv'],
});

const typeNames = { msg: 'Message', cnv: 'Conversation', cnt: 'Contact', dlv: undefined };

builder.queryField('node', (t) =>
  t.field({
    type: NodeType,
    nullable: true,
    description: 'Anything by its id; null when there is no such thing.',
    args: { id: t.arg.id({ required: true, description: 'Any `id` that was given out before.' }) },
    resolve: (_root, { id }, context) => findNode(id, context),
  }),
);

async function findNode(
  id: string,
  { loaders, conversations }: GraphQLContext,
): Promise<Message | Conversation | Contact | null> {
  switch (idKindOf(id)) {
    case 'msg':
      return loaders.message.load(trustedId('msg', id));
    case 'cnv':
      return loaders.conversation.load(trustedId('cnv', id));
    case 'cnt': {
      const contactId = trustedId('cnt', id);
      return (await conversations.contactsByIds([contactId])).get(contactId) ?? null;
    }
    case 'dlv':
    case null:
      return null;
  }
}
