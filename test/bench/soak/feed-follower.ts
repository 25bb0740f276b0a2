import { createClient } from 'graphql-ws';
import type { Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { conversationFields, conversationSchema, messageFields, messageSchema } from './api.ts';
import type { StoredConversation, StoredMessage } from './api.ts';

/** A client that lives on `messageEvents` alone, leaves now and then, and comes back with its cursor. */
export interface FeedFollower {
  readonly messages: ReadonlyMap<string, StoredMessage>;
  readonly conversations: ReadonlyMap<string, StoredConversation>;
  /** The cursors of all events that tell of a change, as they came. */
  readonly sequence: readonly string[];
  readonly figures: FeedFigures;
  /** Breaks the connection without a word; it comes back by itself. */
  breakConnection(): void;
  stop(): Promise<void>;
}

export interface FeedFigures {
  readonly events: number;
  /** Events whose cursor had been there before. */
  readonly repeated: number;
  /** Messages that were added more than once. */
  readonly addedTwice: number;
  /** Changes of messages that had not been added. */
  readonly unknown: number;
  readonly resyncs: number;
  readonly connections: number;
  /** Streams that the server ended with a reason to come back: its store was away, or this client too slow. */
  readonly putOff: number;
  readonly failures: readonly string[];
}

const eventSchema = z.object({
  messageEvents: z.object({
    cursor: z.string(),
    type: z.enum(['READY', 'MESSAGE_ADDED', 'MESSAGE_UPDATED', 'CONVERSATION_UPDATED', 'RESYNC']),
    message: messageSchema.nullable(),
    conversation: conversationSchema.nullable(),
  }),
});
type FeedEvent = z.infer<typeof eventSchema>['messageEvents'];

const document = `subscription ($after: String) { messageEvents(after: $after) {
  cursor type message { ${messageFields} } conversation { ${conversationFields} } } }`;

/** Its errors close it as well, which the client hears of; one that is broken off while it connects has no other listener. */
class Connection extends WebSocket {
  constructor(...args: ConstructorParameters<typeof WebSocket>) {
    super(...args);
    this.on('error', () => undefined);
  }
}

// For a connection that cannot be made.
const reconnectMs = 200;

export interface FeedFollowerOptions {
  /** Asked before every connection: it may come back to another instance. */
  readonly serverUrl: () => string;
  /** Called after every event. */
  readonly onEvent?: () => void;
}

export function createFeedFollower({ serverUrl, onEvent }: FeedFollowerOptions): FeedFollower {
  const messages = new Map<string, StoredMessage>();
  const conversations = new Map<string, StoredConversation>();
  const cursors = new Set<string>();
  const sequence: string[] = [];
  const counted = { events: 0, repeated: 0, addedTwice: 0, unknown: 0 };
  const figures = { ...counted, resyncs: 0, connections: 0, putOff: 0 };
  const failures: string[] = [];
  let after: string | null = null;
  let isStopped = false;
  let client: Client | undefined;
  let isConnected = false;

  function take({ cursor, type, message, conversation }: FeedEvent) {
    figures.events += 1;
    if (type === 'RESYNC') figures.resyncs += 1;
    if (type !== 'READY' && cursors.has(cursor)) figures.repeated += 1;
    cursors.add(cursor);
    if (type !== 'READY' && type !== 'RESYNC') sequence.push(cursor);
    if (message) {
      if (type === 'MESSAGE_ADDED' && messages.has(message.id)) figures.addedTwice += 1;
      if (type === 'MESSAGE_UPDATED' && !messages.has(message.id)) figures.unknown += 1;
      messages.set(message.id, message);
    }
    if (conversation) conversations.set(conversation.id, conversation);
    after = cursor;
    onEvent?.();
  }

  function noteErrors(errors: readonly unknown[]) {
    if (errors.every(isPutOff)) figures.putOff += 1;
    else failures.push(JSON.stringify(errors));
  }

  async function follow() {
    while (!isStopped) {
      figures.connections += 1;
      const url = `${serverUrl().replace('http', 'ws')}/graphql`;
      client = createClient({
        ...{ url, webSocketImpl: Connection, retryAttempts: 0 },
        on: {
          connected() {
            isConnected = true;
          },
          closed() {
            isConnected = false;
          },
        },
      });
      try {
        for await (const result of client.iterate({ query: document, variables: { after } })) {
          if (result.errors) noteErrors(result.errors);
          else take(eventSchema.parse(result.data).messageEvents);
        }
      } catch (error) {
        // A broken connection is what it is here for; anything else is told.
        if (Array.isArray(error)) noteErrors(error);
        else if (!isCloseOfConnection(error)) failures.push(String(error));
      }
      await client.dispose();
      await new Promise((resolve) => setTimeout(resolve, reconnectMs));
    }
  }

  const following = follow();
  return {
    messages,
    conversations,
    sequence,
    get figures() {
      return { ...figures, failures };
    },
    breakConnection() {
      // One that is not open yet fails past its listeners.
      if (isConnected) client?.terminate();
    },
    async stop() {
      isStopped = true;
      await client?.dispose();
      if (isConnected) client?.terminate();
      await following;
    },
  };
}

function isCloseOfConnection(error: unknown): boolean {
  return typeof error === 'object' && error !== null && ('code' in error || 'error' in error);
}

const refusal = z.object({
  extensions: z.object({ code: z.enum(['SERVICE_UNAVAILABLE', 'SLOW_CONSUMER']) }),
});

function isPutOff(error: unknown): boolean {
  return refusal.safeParse(error).success;
}
