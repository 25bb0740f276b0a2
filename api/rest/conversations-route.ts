import type { FastifyPluginCallback } from 'fastify';
import type { Clock, Instant } from '../clock.ts';
import { displayNameOf } from '../contacts/contact.ts';
import type { Conversation } from '../conversations/conversation.ts';
import type { Conversations } from '../conversations/conversations.ts';
import { serviceWindowAt } from '../conversations/service-window.ts';
import { pluginPath } from '../http/paths.ts';
import type { MessageId } from '../ids.ts';
import { cursorOf, placeOf } from '../messages/chat-order.ts';
import { textOf } from '../messages/message-content.ts';
import type { Message } from '../messages/message.ts';
import type { Messages } from '../messages/messages.ts';
import { defaultPageSize } from '../paging.ts';
import { conversationsQuery } from './answers.ts';
import type { ConversationJson, ConversationsAnswer } from './answers.ts';
import { parseInput, placeAt } from './input.ts';
import { isoTime } from './message-json.ts';

export interface ConversationsRouteOptions {
  readonly conversations: Pick<Conversations, 'page'>;
  readonly messages: Pick<Messages, 'byIds'>;
  readonly clock: Clock;
}

export function conversationsRoute(options: ConversationsRouteOptions): FastifyPluginCallback {
  const { conversations, messages, clock } = options;
  return (server, _options, done) => {
    server.get(`${pluginPath}/conversations`, async ({ query }): Promise<ConversationsAnswer> => {
      const { limit = defaultPageSize, after } = parseInput(conversationsQuery, query);
      const page = await conversations.page({
        page: { first: limit, after: placeAt('after', after, 'cnv') },
        filter: {},
      });
      const lastMessages = await messages.byIds(lastMessageIds(page.items));
      const last = page.items.at(-1);
      return {
        conversations: page.items.map((conversation) =>
          toJson(conversation, lastMessages, clock.now()),
        ),
        next:
          page.hasNextPage && last !== undefined
            ? cursorOf(placeOf(last.lastActivityAt, last.id))
            : null,
      };
    });
    done();
  };
}

function lastMessageIds(conversations: readonly Conversation[]): MessageId[] {
  return conversations.flatMap(({ lastMessageId }) =>
    lastMessageId === null ? [] : [lastMessageId],
  );
}

function toJson(
  conversation: Conversation,
  lastMessages: ReadonlyMap<MessageId, Message>,
  now: Instant,
): ConversationJson {
  const { contact, lastMessageId, window } = conversation;
  const last = lastMessageId === null ? undefined : lastMessages.get(lastMessageId);
  const { expiresAt } = serviceWindowAt(window, now);
  return {
    id: conversation.id,
    phone_number: contact.phoneNumber,
    name: displayNameOf(contact),
    last_message: last === undefined ? null : textOf(last.content),
    last_message_time: isoTime(conversation.lastActivityAt),
    unread_count: conversation.unreadCount,
    window_expires_at: expiresAt === null ? null : isoTime(expiresAt),
  };
}
