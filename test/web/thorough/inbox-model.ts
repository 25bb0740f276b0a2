import type { Page } from 'playwright-core';
import { z } from 'zod';
import { ask } from '../../kit/clients/graphql-client.ts';

const conversation = z.object({
  id: z.string(),
  unreadCount: z.number(),
  lastMessage: z.object({ id: z.string(), status: z.string() }).nullable(),
});
const message = z.object({ id: z.string(), status: z.string() });

/** What a browser has kept: what its page showed at that moment. */
const kept = z.object({
  heading: z.object({
    cursor: z.string(),
    unreadTotal: z.number(),
    conversations: z.array(conversation),
  }),
  chats: z.array(z.object({ id: z.string(), messages: z.array(message) })),
});
const served = z.object({
  conversations: z.object({
    totalUnread: z.number(),
    nodes: z.array(conversation.extend({ messages: z.object({ nodes: z.array(message) }) })),
  }),
});

export type KeptModel = z.infer<typeof kept>;
export type ServerModel = z.infer<typeof served>['conversations'];

/** Null when there is nothing. */
export async function keptModel(page: Page): Promise<KeptModel | null> {
  const records = await page.evaluate(async () => {
    // As when the page goes to the back: what is due is written.
    window.dispatchEvent(new Event('pagehide'));
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('inbox');
      opening.onsuccess = () => {
        resolve(opening.result);
      };
      opening.onerror = () => {
        reject(new Error('The database does not open.'));
      };
    });
    const transaction = database.transaction(['heading', 'chats']);
    const [heading, chats] = await Promise.all(
      ['heading', 'chats'].map(
        (store) =>
          new Promise<unknown[]>((resolve) => {
            const reading = transaction.objectStore(store).getAll();
            reading.onsuccess = () => {
              resolve(reading.result);
            };
          }),
      ),
    );
    database.close();
    return { heading: heading?.[0] ?? null, chats: chats ?? [] };
  });
  return records.heading === null && records.chats.length === 0 ? null : kept.parse(records);
}

export async function serverModel(url: string, key: string): Promise<ServerModel> {
  const { data } = await ask(
    url,
    `{ conversations(first: 50) {
      totalUnread
      nodes { id unreadCount lastMessage { id status } messages(last: 60) { nodes { id status } } }
    } }`,
    { headers: { authorization: `Bearer ${key}` } },
  );
  return served.parse(data).conversations;
}

/** How many messages with the same states both have at the end of each chat; fails where they differ. */
export function expectSame(page: KeptModel, server: ServerModel): void {
  expect(page.heading.unreadTotal).toBe(server.totalUnread);
  expect(page.heading.conversations.map(listed)).toEqual(server.nodes.map(listed));
  for (const { id, messages } of page.chats) {
    const there = server.nodes.find((node) => node.id === id)?.messages.nodes ?? [];
    expect(messages.map(state)).toEqual(there.slice(-messages.length).map(state));
  }
}

const state = ({ id, status }: { readonly id: string; readonly status: string }) =>
  `${id} ${status}`;

const listed = ({ id, unreadCount, lastMessage }: z.infer<typeof conversation>) =>
  `${id}: ${String(unreadCount)} unread, last ${lastMessage === null ? 'none' : state(lastMessage)}`;
