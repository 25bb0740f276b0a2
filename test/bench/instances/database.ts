import { MongoClient } from 'mongodb';

/** A look past the API, at what is written. */
export interface DatabaseView {
  /** Deliveries that were acknowledged and are not applied yet. */
  pending(): Promise<number>;
  /** Lines of the outbox that are held or due: one that a dead process announced itself in is, for 30 s. */
  busyLines(): Promise<number>;
  /** What may not be left when all is quiet, in words. */
  leftovers(): Promise<string[]>;
  drop(): Promise<void>;
  close(): Promise<void>;
}

export function viewDatabase(uri: string): DatabaseView {
  const client = new MongoClient(uri);
  const database = client.db();
  const count = (collection: string, filter: object) =>
    database.collection(collection).countDocuments(filter);

  async function wrongUnread(): Promise<string[]> {
    const conversations = await database
      .collection<{ _id: string; unread: number }>('conversations')
      .find({}, { projection: { unread: 1 } })
      .toArray();
    const unseen = await database
      .collection<{ conversationId: string }>('messages')
      .find({ 'unseen.counted': true }, { projection: { conversationId: 1 } })
      .toArray();
    const counted = new Map<string, number>();
    for (const { conversationId } of unseen)
      counted.set(conversationId, (counted.get(conversationId) ?? 0) + 1);
    return conversations
      .filter(({ _id, unread }) => unread !== (counted.get(_id) ?? 0))
      .map(({ _id, unread }) => `${_id} says ${unread} unread, not ${counted.get(_id) ?? 0}`);
  }

  const busyLines = () =>
    count('lines', { $or: [{ dueAt: { $exists: true } }, { leaseUntil: { $exists: true } }] });

  return {
    busyLines,
    pending: () => count('deliveries', { state: 'PENDING' }),
    async leftovers() {
      const kinds = {
        'deliveries set aside': await count('deliveries', { state: 'SET_ASIDE' }),
        'messages whose filing has not ended': await count('messages', { isNew: true }),
        'messages in no queue that are to be sent': await count('messages', {
          'delivery.stage': { $in: ['QUEUED', 'SENDING'] },
        }),
        'lines that are held or due': await busyLines(),
        'held statuses': await count('held_statuses', {}),
      };
      const left = Object.entries(kinds).filter(([, times]) => times > 0);
      return [...left.map(([kind, times]) => `${times} ${kind}`), ...(await wrongUnread())];
    },
    async drop() {
      await database.dropDatabase();
    },
    close: () => client.close(),
  };
}
