import type { IndexDescription } from 'mongodb';
import { namesOf } from './collections.ts';
import type { Collections } from './collections.ts';

type Indexes = { readonly [Name in keyof Collections]?: readonly IndexDescription[] };

const isPresent = (field: string) => ({ [field]: { $exists: true } });

/**
 * Every index, with the query that it serves. Those of one field that is often absent are sparse rather than partial: what
 * a query asks for proves to every server that a sparse one has it.
 */
export const indexes: Indexes = {
  identifiers: [
    // All of a contact, when it is joined into another.
    { name: 'contact', key: { contactId: 1 } },
  ],
  conversations: [
    // One conversation for each contact and business number.
    { name: 'key', key: { key: 1 }, unique: true, sparse: true },
    // All of a contact: conversations.allByPhoneNumber, what a change of the contact is noted in, joins.
    { name: 'contact', key: { 'contact.id': 1 } },
    // conversations.page.
    { name: 'list', key: { activitySecond: -1, _id: -1 } },
    // conversations.page with a search, and its totalUnread.
    { name: 'search', key: { tokens: 1, activitySecond: -1, _id: -1 } },
    // conversations.page of the unread ones.
    {
      name: 'unread_list',
      key: { activitySecond: -1, _id: -1, unread: 1 },
      partialFilterExpression: { unread: { $gt: 0 } },
    },
    // totalUnread: the sum is in the index.
    { name: 'unread', key: { unread: 1 }, partialFilterExpression: { unread: { $gt: 0 } } },
    // Who was joined into this one.
    { name: 'joined', key: { joinedInto: 1 }, sparse: true },
  ],
  contacts: [
    // Who was absorbed by this one.
    { name: 'joined', key: { joinedInto: 1 }, sparse: true },
  ],
  messages: [
    // One message for each wamid of a business number: messages.byWamids, status reports.
    { name: 'wamid', key: { wamidKey: 1 }, unique: true, sparse: true },
    // One message for each idempotency key: messages.byClientMessageId, enqueue.
    { name: 'send', key: { sendKey: 1 }, unique: true, sparse: true },
    // messages.page of a conversation.
    { name: 'chat', key: { conversationId: 1, second: 1, _id: 1 } },
    // messages.page of all.
    { name: 'all', key: { second: 1, _id: 1 } },
    // messages.page with a search, in a conversation and in all.
    { name: 'chat_search', key: { conversationId: 1, tokens: 1, second: 1, _id: 1 } },
    { name: 'search', key: { tokens: 1, second: 1, _id: 1 } },
    // Statuses of an attempt that was not the last.
    { name: 'attempt', key: { attemptKeys: 1 }, sparse: true },
    // Unread messages of a conversation: counting, conversations.markRead.
    {
      name: 'unseen',
      key: { conversationId: 1, second: 1, _id: 1, 'unseen.counted': 1 },
      partialFilterExpression: isPresent('unseen'),
    },
    // Reactions to a message.
    { name: 'target', key: { targetKey: 1 }, sparse: true },
    // The first message of a line: outbox.claim.
    {
      name: 'line',
      key: { conversationId: 1, position: 1, _id: 1 },
      partialFilterExpression: isPresent('queue'),
    },
    // outbox.expireLeases, and whether a message of a line is being sent.
    { name: 'lease', key: { 'queue.leaseUntil': 1 }, sparse: true },
    {
      name: 'sending',
      key: { conversationId: 1, 'queue.leaseUntil': 1 },
      partialFilterExpression: isPresent('queue.leaseUntil'),
    },
    // Those that are not filed to the end: journal.prune.
    { name: 'new', key: { isNew: 1 }, sparse: true },
    // outbox.summary: what waits, and since when.
    { name: 'queued', key: { 'queue.queuedAt': 1 }, sparse: true },
    // outbox.summary: what failed, and what nobody knows.
    {
      name: 'failed',
      key: { 'delivery.failedAt': 1 },
      partialFilterExpression: { 'delivery.stage': 'FAILED' },
    },
    {
      name: 'unknown',
      key: { 'delivery.stage': 1 },
      partialFilterExpression: { 'delivery.stage': 'UNKNOWN' },
    },
  ],
  lines: [
    // outbox.claim and nextDueAt.
    { name: 'due', key: { phoneNumberId: 1, dueAt: 1 } },
    // Whose holder has died.
    { name: 'lease', key: { leaseUntil: 1 }, sparse: true },
  ],
  receipts: [{ name: 'due', key: { dueAt: 1 } }],
  heldStatuses: [
    // What waits for this wamid.
    { name: 'wamid', key: { wamidKey: 1 } },
    // journal.prune.
    { name: 'since', key: { heldSince: 1 } },
  ],
  deliveries: [
    // journal.list of a state, the sweep of PENDING ones, journal.prune of the others.
    { name: 'state', key: { state: 1, _id: -1 } },
    { name: 'received', key: { state: 1, receivedAt: 1 } },
  ],
  rejections: [{ name: 'newest', key: { at: -1, _id: -1 } }],
};

/**
 * Safe again, and by several processes at once. An index whose definition changes gets another name: older programs go on
 * making theirs.
 */
export async function createIndexes(collections: Collections): Promise<void> {
  for (const name of namesOf(collections)) {
    const wanted = indexes[name];
    if (wanted !== undefined) await collections[name].createIndexes([...wanted]);
  }
}
