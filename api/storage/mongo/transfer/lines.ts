import type { ConversationId } from '../../../ids.ts';
import type { LineRecord, QueuedRecord } from '../../transfer/records.ts';
import { portionOf } from '../../transfer/transfer.ts';
import type { Core } from '../core.ts';
import type { LineDocument, MessageDocument } from '../documents.ts';
import { newLine } from '../outbox/announce.ts';
import { held, resting } from '../outbox/change-line.ts';
import type { Exchange } from './exchange.ts';
import { readAfter, insertMissing, portionSize } from './exchange.ts';

export const lines: Exchange<LineRecord> = {
  collection: 'lines',
  async read(core, after) {
    const found = await readAfter(core.collections.lines, after);
    const queues = await queuesOf(core, found);
    return portionOf(found, portionSize, {
      cursorOf: ({ _id }) => _id,
      toRecord: (line) => toRecord(line, queues.get(line._id) ?? []),
    });
  },
  async write({ collections }, records) {
    const numbers = [...new Set(records.map(({ phoneNumberId }) => phoneNumberId))];
    // Only the lines of known numbers are looked at.
    await insertMissing(() =>
      collections.numbers.insertMany(
        numbers.map((_id) => ({ _id })),
        { ordered: false },
      ),
    );
    const queued = records.flatMap(({ queue }) => queue);
    if (queued.length > 0)
      await collections.messages.bulkWrite(queued.map(placing), { ordered: false });
    const documents = await Promise.all(
      records.map((record) => toDocument({ collections }, record)),
    );
    await insertMissing(() => collections.lines.insertMany(documents, { ordered: false }));
  },
};

async function queuesOf(
  { collections }: Core,
  found: readonly LineDocument[],
): Promise<ReadonlyMap<ConversationId, readonly MessageDocument[]>> {
  const queued = await collections.messages
    .find({ conversationId: { $in: found.map(({ _id }) => _id) }, queue: { $exists: true } })
    .sort({ conversationId: 1, position: 1, _id: 1 })
    .toArray();
  const queues = new Map<ConversationId, MessageDocument[]>();
  for (const message of queued) {
    const known = queues.get(message.conversationId) ?? [];
    known.push(message);
    queues.set(message.conversationId, known);
  }
  return queues;
}

/** One where nobody waits and no pace is kept is none. */
function toRecord(line: LineDocument, queue: readonly MessageDocument[]): LineRecord | null {
  const paceUntil = line.paceUntil ?? null;
  if (paceUntil === null && queue.length === 0) return null;
  const { _id: conversationId, phoneNumberId } = line;
  return { conversationId, phoneNumberId, paceUntil, queue: queue.flatMap(toQueued) };
}

function toQueued({ _id: messageId, position = 0, queue }: MessageDocument): QueuedRecord[] {
  return queue === undefined ? [] : [{ messageId, position, ...queue }];
}

function placing({ messageId, position, ...queue }: QueuedRecord) {
  return { updateOne: { filter: { _id: messageId }, update: { $set: { position, queue } } } };
}

/** What a line becomes follows from its messages. */
async function toDocument(
  { collections }: Pick<Core, 'collections'>,
  { conversationId, paceUntil, phoneNumberId, queue }: LineRecord,
): Promise<LineDocument> {
  const line: LineDocument = {
    ...newLine({ conversationId, phoneNumberId }),
    next: queue.reduce((last, { position }) => Math.max(last, position), 0),
    ...(paceUntil !== null && { paceUntil }),
  };
  const sending = queue.find(({ leaseUntil }) => leaseUntil !== null);
  if (sending === undefined || sending.leaseUntil === null)
    return resting(line, queue[0]?.dueAt ?? null);
  const { leaseUntil, messageId } = sending;
  const message = await collections.messages.findOne({ _id: messageId });
  const attempt = message?.delivery.attempt ?? 0;
  return held(line, { leaseUntil, holder: { messageId, attempt } });
}
