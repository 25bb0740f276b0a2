import { z } from 'zod';

/** The server's GraphQL API, as the run uses it. */
export interface Api {
  send(input: SendInput): Promise<SendAnswer>;
  markRead(conversationId: string): Promise<void>;
  /** All conversations, newest activity first. */
  conversations(): Promise<readonly StoredConversation[]>;
  /** A whole chat, page by page, in the order of the chat. */
  messages(conversationId: string): Promise<readonly StoredMessage[]>;
  outboxDepth(): Promise<number>;
}

export interface SendInput {
  readonly to: string;
  readonly text: string;
  readonly clientMessageId: string;
}

export type SendAnswer =
  | { readonly kind: 'Message'; readonly id: string; readonly conversationId: string }
  | { readonly kind: 'refused'; readonly reason: string };

export const messageFields = 'id wamid direction type text status timestamp';
export const messageSchema = z.object({
  id: z.string(),
  wamid: z.string().nullable(),
  direction: z.enum(['INBOUND', 'OUTBOUND']),
  type: z.string(),
  text: z.string(),
  status: z.string(),
  timestamp: z.string(),
});
export type StoredMessage = z.infer<typeof messageSchema>;

export const conversationFields =
  'id unreadCount lastActivityAt contact { displayName } lastMessage { id }';
export const conversationSchema = z.object({
  id: z.string(),
  unreadCount: z.number(),
  lastActivityAt: z.string(),
  contact: z.object({ displayName: z.string() }),
  lastMessage: z.object({ id: z.string() }).nullable(),
});
export type StoredConversation = z.infer<typeof conversationSchema>;

const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() });
const conversationPage = z.object({
  conversations: z.object({ nodes: z.array(conversationSchema), pageInfo }),
});
const messagePage = z.object({
  messages: z.object({ nodes: z.array(messageSchema), pageInfo }),
});
const sent = z.object({
  sendMessage: z.object({
    __typename: z.string(),
    id: z.string().optional(),
    message: z.string().optional(),
    conversation: z.object({ id: z.string() }).optional(),
  }),
});
const depth = z.object({ health: z.object({ outbox: z.object({ queued: z.number() }) }) });
const errorSchema = z.looseObject({
  extensions: z.looseObject({ code: z.string().optional() }).optional(),
});
const answerSchema = z.object({ data: z.unknown(), errors: z.array(errorSchema).optional() });

const sendDocument = `mutation ($input: SendMessageInput!) { sendMessage(input: $input) {
  __typename ... on Message { id conversation { id } } ... on Error { message } } }`;

/** The server, or its store, cannot be reached: whoever asks comes again. */
export class UnavailableError extends Error {
  override readonly name = 'UnavailableError';
}

export function createApi(serverUrl: string): Api {
  async function query(document: string, variables: object = {}): Promise<unknown> {
    const { status, text } = await post(JSON.stringify({ query: document, variables }));
    if (status === 503) throw new UnavailableError(text);
    if (status !== 200) throw new Error(`HTTP ${status}: ${text}`);
    const { data, errors } = answerSchema.parse(JSON.parse(text));
    if (errors?.some(({ extensions }) => extensions?.code === 'SERVICE_UNAVAILABLE') === true)
      throw new UnavailableError(text);
    if (errors) throw new Error(text);
    return data;
  }

  async function post(body: string): Promise<{ status: number; text: string }> {
    try {
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(`${serverUrl}/graphql`, { method: 'POST', headers, body });
      return { status: response.status, text: await response.text() };
    } catch (error) {
      throw new UnavailableError('No answer', { cause: error });
    }
  }

  return {
    async send(input) {
      const { sendMessage } = sent.parse(await query(sendDocument, { input }));
      const { id, conversation, message = '' } = sendMessage;
      return id !== undefined && conversation !== undefined
        ? { kind: 'Message', id, conversationId: conversation.id }
        : { kind: 'refused', reason: `${sendMessage.__typename}: ${message}` };
    },
    async markRead(id) {
      await query(
        'mutation ($id: ID!) { markConversationRead(conversationId: $id) { __typename } }',
        { id },
      );
    },
    conversations: () =>
      allPages(async (after) => {
        const document = `query ($after: String) { conversations(first: 200, after: $after) {
          nodes { ${conversationFields} } pageInfo { hasNextPage endCursor } } }`;
        return conversationPage.parse(await query(document, { after })).conversations;
      }),
    messages: (id) =>
      allPages(async (after) => {
        const document = `query ($id: ID!, $after: String) { messages(conversationId: $id, first: 200, after: $after) {
          nodes { ${messageFields} } pageInfo { hasNextPage endCursor } } }`;
        return messagePage.parse(await query(document, { id, after })).messages;
      }),
    async outboxDepth() {
      return depth.parse(await query('{ health { outbox { queued } } }')).health.outbox.queued;
    },
  };
}

interface Page<T> {
  readonly nodes: readonly T[];
  readonly pageInfo: z.infer<typeof pageInfo>;
}

async function allPages<T>(page: (after: string | null) => Promise<Page<T>>): Promise<T[]> {
  const all: T[] = [];
  let after: string | null = null;
  for (;;) {
    const { nodes, pageInfo }: Page<T> = await page(after);
    all.push(...nodes);
    if (!pageInfo.hasNextPage) return all;
    after = pageInfo.endCursor;
  }
}
