import type { Store } from '../../../api/storage/store.ts';
import {
  amara,
  claimAll,
  deliver,
  echo,
  failureOf,
  inbound,
  lea,
  nine,
  person,
  reaction,
  secondBusiness,
  send,
  status,
  tom,
  unpaced,
} from '../../contract/store/deliveries.ts';
import { chatWith } from '../../contract/store/reading.ts';

/** Every method of a store, with something to do for each: for tests that watch what it asks of its database. */
export async function useEverything(store: Store): Promise<void> {
  await writeIn(store);
  await sendOut(store);
  await readBack(store);
  await store.check();
  await store.changes.prune(nine);
}

async function writeIn(store: Store): Promise<void> {
  const { journal, conversations } = store;
  await deliver(store, inbound('w1'), inbound('w2', { from: tom }), echo('w3', { to: lea }));
  await deliver(store, inbound('r1', { content: reaction('w1', '👍') }), status('later', 'READ'));
  await deliver(store, inbound('w4', { business: secondBusiness }), inbound('w1'));
  await deliver(store, inbound('w5', { from: person({ userId: 'US.1' }) }));
  const both = person({ phoneNumber: amara.phoneNumber, userId: 'US.1' });
  const { id } = await deliver(store, inbound('w6', { from: both }));
  await journal.reapply(id, [inbound('w6', { from: both })]);
  await journal.get(id);
  await journal.list({ limit: 10 });
  await journal.list({ limit: 10, state: 'PENDING', receivedBefore: nine, before: id });
  await journal.recordRejection({ at: nine, status: 401, reason: 'No signature', times: 3 });
  await journal.rejections(10);
  await journal.summary(nine - 1);
  const chat = await chatWith(store, '15555550142');
  await conversations.markRead(chat.id, null, nine);
  await journal.prune(nine + 1);
}

async function sendOut(store: Store): Promise<void> {
  const { outbox, messages } = store;
  const first = await send(store, { clientMessageId: 'k1' });
  const second = await send(store, { to: { phoneNumber: '447700900123' } });
  await send(store, { to: { phoneNumber: '33639981234' } });
  await messages.byClientMessageId('owner', 'k1');
  await outbox.nextDueAt();
  await claimAll(store);
  await outbox.settle(
    { messageId: first, attempt: 1 },
    { kind: 'ACCEPTED', at: nine, wamid: 'later' },
  );
  const failure = failureOf(131_026);
  await outbox.settle({ messageId: second, attempt: 1 }, { kind: 'FAILED', at: nine, failure });
  await outbox.expireLeases(nine + 60_000);
  await messages.requeue(second, { now: nine, giveUpAt: nine + 1_000 });
  await outbox.claim({ now: nine, leaseMs: 1, limit: 1, pacing: unpaced });
  await outbox.summary(nine - 1);
  const [receipt] = await outbox.claimReceipts({ now: nine, leaseMs: 1_000, limit: 10 });
  if (receipt !== undefined) await outbox.settleReceipt(receipt, null);
}

async function readBack({ conversations, messages }: Store): Promise<void> {
  const search = { wholeWords: ['text'], prefix: 'w' };
  const { items } = await messages.page({ page: { last: 20 } });
  const [message] = items;
  if (message === undefined) throw new Error('Nothing to read');
  const conversationIds = [message.conversationId];
  const place = { second: Math.floor(message.timestamp / 1_000), id: message.id };
  await messages.page({ page: { first: 20, after: place }, conversationIds });
  await messages.page({ page: { last: 20 }, conversationIds, search });
  await messages.page({ page: { last: 20, before: place }, search });
  await messages.byIds([message.id]);
  await messages.byWamids('106540352242922', ['w1', 'w2']);
  await messages.reactionsTo(items);
  await messages.newestId();
  const chats = await conversations.page({ page: { first: 20 }, filter: {} });
  await conversations.page({ page: { first: 20 }, filter: { unreadOnly: true } });
  await conversations.page({ page: { first: 20 }, filter: { search: ['ama'] } });
  await conversations.page({ page: { last: 20 }, filter: { search: ['ama'], unreadOnly: true } });
  await conversations.totalUnread({});
  await conversations.totalUnread({ search: ['ama'] });
  await conversations.byIds(conversationIds);
  for (const id of conversationIds) await conversations.firstUnread(id);
  await conversations.contactsByIds(chats.items.map(({ contact }) => contact.id));
  await conversations.byPhoneNumber('106540352242922', '15555550142');
  await conversations.allByPhoneNumber('15555550142');
  await conversations.ownPhoneNumber('106540352242922');
}
