import { createHash } from 'node:crypto';
import { placeOf } from '../../../api/messages/chat-order.ts';
import type { Place } from '../../../api/messages/chat-order.ts';
import type { Conversation } from '../../../api/conversations/conversation.ts';
import type { Message } from '../../../api/messages/message.ts';
import type { Page } from '../../../api/paging.ts';
import { parseSearch } from '../../../api/search/tokens.ts';
import type { Store } from '../../../api/storage/store.ts';
import { business } from '../../contract/store/deliveries.ts';

const pageSize = 70;
const searches = ['text', 'Text m1', 'hel', 'zzz'];

/** Everything that can be seen of a store through its port, without changing it. */
export async function snapshotOf(store: Store) {
  const chats = await allChats(store);
  const messages = await allMessages(store);
  const reactions = await store.messages.reactionsTo(messages);
  return {
    chats,
    messages,
    reactions: [...reactions].sort(([a], [b]) => (a < b ? -1 : 1)),
    unread: await store.conversations.totalUnread({}),
    unreadChats: await allChats(store, true),
    byChat: await Promise.all(chats.map((chat) => inChat(store, chat))),
    byFormerId: await byFormerIds(store, chats),
    found: await Promise.all(searches.map((text) => found(store, text))),
    people: await Promise.all(
      chats
        .slice(0, 40)
        .flatMap(({ contact }) => contact.phoneNumber ?? [])
        .map((number) => foundPeople(store, number)),
    ),
    outbox: await store.outbox.summary(0),
    nextDueAt: await store.outbox.nextDueAt(),
    journal: await journalOf(store),
    rejections: await store.journal.rejections(200),
    summary: await store.journal.summary(0),
    ownNumber: await store.conversations.ownPhoneNumber(business.phoneNumberId),
    newestId: (await store.messages.newestId())?.slice(4),
  };
}

async function allChats(store: Store, unreadOnly = false): Promise<readonly Conversation[]> {
  return walk(
    (after) =>
      store.conversations.page({ page: { first: pageSize, after }, filter: { unreadOnly } }),
    (chat) => placeOf(chat.lastActivityAt, chat.id),
  );
}

async function allMessages(store: Store): Promise<readonly Message[]> {
  return walk(
    (after) => store.messages.page({ page: { first: pageSize, after } }),
    (message) => placeOf(message.timestamp, message.id),
  );
}

async function inChat(store: Store, { id }: Conversation) {
  const newest = await store.messages.page({ page: { last: 3 }, conversationIds: [id] });
  const search = parseSearch('text');
  const hits =
    search && (await store.messages.page({ page: { last: 3 }, conversationIds: [id], search }));
  return { newest, hits };
}

async function byFormerIds(store: Store, chats: readonly Conversation[]) {
  const former = chats.flatMap(({ formerIds }) => formerIds).sort();
  const known = await store.conversations.byIds(former);
  return former.map((id) => [id, known.get(id)?.id]);
}

async function found(store: Store, text: string): Promise<readonly Message[]> {
  const search = parseSearch(text);
  if (search === null) return [];
  return walk(
    (after) => store.messages.page({ page: { first: pageSize, after }, search }),
    (message) => placeOf(message.timestamp, message.id),
  );
}

async function foundPeople(store: Store, word: string) {
  const page = await store.conversations.page({ page: { first: 20 }, filter: { search: [word] } });
  return page.items.map(({ id }) => id);
}

async function journalOf(store: Store) {
  const entries = await store.journal.list({ limit: 10_000 });
  const bodies = await Promise.all(
    entries.slice(0, 20).map(async ({ id }) => {
      const body = (await store.journal.get(id))?.body ?? '';
      return createHash('sha256').update(body).digest('hex');
    }),
  );
  return { entries, bodies };
}

async function walk<Item>(
  read: (after: Place | undefined) => Promise<Page<Item>>,
  placeOfItem: (item: Item) => Place,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  for (;;) {
    const last = items.at(-1);
    const page = await read(last === undefined ? undefined : placeOfItem(last));
    items.push(...page.items);
    if (!page.hasNextPage) return items;
  }
}
