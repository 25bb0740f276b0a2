import { z } from 'zod';

/** The few calls that the demo makes to the server's API, as any client could. */
export interface Inbox {
  conversations(): Promise<readonly InboxConversation[]>;
  /** Everything but the last so many messages counts as seen. */
  markRead(conversation: InboxConversation, exceptLast: number): Promise<void>;
  send(to: string, text: string): Promise<void>;
}

export interface InboxConversation {
  readonly id: string;
  /** Phone number or user id of the customer. */
  readonly address: string;
}

const conversationsSchema = z.object({
  conversations: z.object({
    nodes: z.array(
      z.object({
        id: z.string(),
        contact: z.object({ phoneNumber: z.string().nullable(), userId: z.string().nullable() }),
      }),
    ),
  }),
});
const messagesSchema = z.object({
  messages: z.object({ nodes: z.array(z.object({ id: z.string() })) }),
});
const answerSchema = z.object({
  data: z.unknown().optional(),
  errors: z.array(z.unknown()).optional(),
});

export function createInbox(serverUrl: string): Inbox {
  async function query(document: string, variables: object = {}): Promise<unknown> {
    const response = await fetch(`${serverUrl}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: document, variables }),
    });
    const answer = await response.text();
    if (!response.ok) throw new Error(`the API answered HTTP ${response.status}: ${answer}`);
    const { data, errors } = answerSchema.parse(JSON.parse(answer));
    if (errors) throw new Error(`the API refused: ${JSON.stringify(errors)}`);
    return data;
  }

  return {
    async conversations() {
      const data = await query(
        '{ conversations(first: 200) { nodes { id contact { phoneNumber userId } } } }',
      );
      return conversationsSchema.parse(data).conversations.nodes.map(({ id, contact }) => ({
        id,
        address: contact.phoneNumber ?? contact.userId ?? '',
      }));
    },
    async markRead({ id }, exceptLast) {
      const data = await query(
        'query ($id: ID!) { messages(conversationId: $id, last: 200) { nodes { id } } }',
        { id },
      );
      const upTo = messagesSchema.parse(data).messages.nodes.at(-1 - exceptLast);
      if (!upTo) return;
      await query(
        'mutation ($id: ID!, $upTo: ID) { markConversationRead(conversationId: $id, upToMessageId: $upTo) { __typename } }',
        { id, upTo: upTo.id },
      );
    },
    async send(to, text) {
      await query(
        'mutation ($input: SendMessageInput!) { sendMessage(input: $input) { __typename } }',
        { input: { to, text } },
      );
    },
  };
}
