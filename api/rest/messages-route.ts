import type { FastifyPluginCallback } from 'fastify';
import { pluginPath } from '../http/paths.ts';
import { cursorOf, placeOf } from '../messages/chat-order.ts';
import type { Message } from '../messages/message.ts';
import type { Messages } from '../messages/messages.ts';
import { defaultPageSize } from '../paging.ts';
import type { Page, PageRequest } from '../paging.ts';
import type { Store } from '../storage/store.ts';
import { messagesQuery } from './answers.ts';
import type { MessageJson, MessagesAnswer } from './answers.ts';
import { parseInput, placeAt } from './input.ts';
import { toMessageJson } from './message-json.ts';

export interface MessagesRouteOptions {
  readonly messages: Pick<Messages, 'page'>;
  readonly store: Pick<Store, 'conversations'>;
}

export function messagesRoute(options: MessagesRouteOptions): FastifyPluginCallback {
  const { messages, store } = options;
  return (server, _options, done) => {
    server.get(`${pluginPath}/messages`, async ({ query }): Promise<MessagesAnswer> => {
      const { phone_number: phoneNumber, ...paging } = parseInput(messagesQuery, query);
      const page = await messages.page({ phoneNumber, page: pageRequest(paging) });
      return { messages: await toJson(page.items, store), ...cursorsOf(page) };
    });
    done();
  };
}

interface Paging {
  readonly limit?: number | undefined;
  readonly before?: string | undefined;
  readonly after?: string | undefined;
}

/** The newest page, unless it is to go on from `after`. */
function pageRequest({ limit = defaultPageSize, before, after }: Paging): PageRequest {
  const places = {
    before: placeAt('before', before, 'msg'),
    after: placeAt('after', after, 'msg'),
  };
  return after === undefined ? { last: limit, ...places } : { first: limit, ...places };
}

function cursorsOf(page: Page<Message>): Pick<MessagesAnswer, 'next' | 'previous'> {
  return {
    next: page.hasNextPage ? cursorAt(page.items.at(-1)) : null,
    previous: page.hasPreviousPage ? cursorAt(page.items[0]) : null,
  };
}

function cursorAt(message: Message | undefined): string | null {
  return message === undefined ? null : cursorOf(placeOf(message.timestamp, message.id));
}

async function toJson(
  messages: readonly Message[],
  store: Pick<Store, 'conversations'>,
): Promise<MessageJson[]> {
  const conversationIds = [...new Set(messages.map((message) => message.conversationId))];
  const phoneNumberIds = [...new Set(messages.map((message) => message.phoneNumberId))];
  const conversations = await store.conversations.byIds(conversationIds);
  const ownNumbers = new Map<string, string | null>();
  for (const id of phoneNumberIds) ownNumbers.set(id, await store.conversations.ownPhoneNumber(id));
  return messages.map((message) =>
    toMessageJson(message, {
      contact: conversations.get(message.conversationId)?.contact ?? null,
      ownPhoneNumber: ownNumbers.get(message.phoneNumberId) ?? null,
    }),
  );
}
