import { searchTextOf } from '../../../messages/message-content.ts';
import type { MessageRecord } from '../../transfer/records.ts';
import { nextOrd } from '../messages/message-order.ts';
import { failureJson, parseContent } from '../messages/message-rows.ts';
import { indexWaitingReactions } from '../messages/search-index.ts';
import { findByWamid } from '../messages/wamids.ts';
import type { TransferCore } from './exchange.ts';
import { keyOf } from './keys.ts';

interface Placed {
  readonly ord: number;
  readonly conversation: number;
}

/** They come in the order of the chats, so that the next key of their second is their place. */
export function writeMessage(core: TransferCore, record: MessageRecord): void {
  const { database } = core;
  const place = {
    ord: nextOrd(database, record.timestamp),
    conversation: keyOf(database, 'conversations', record.conversationId),
  };
  insertRow(core, place, record);
  insertAttempts(core, place, record);
  if (record.unseen !== null) {
    database.run(
      'INSERT INTO unseen (conversation, message, is_counted) VALUES (?, ?, ?)',
      place.conversation,
      place.ord,
      record.unseen.counted,
    );
  }
  database.run(
    'UPDATE conversations SET last_message = max(coalesce(last_message, -1), ?) WHERE key = ?',
    place.ord,
    place.conversation,
  );
  index(core, place, record);
}

function insertRow({ database }: TransferCore, place: Placed, record: MessageRecord): void {
  const { delivery } = record;
  const content = parseContent(record.content);
  database.run(
    `INSERT INTO messages (ord, id, conversation, phone_number_id, wamid, direction, content, timestamp,
       received_at, stage, attempt, sent_at, delivered_at, read_at, failed_at, failure, sender,
       client_message_id, reply_to_wamid, target_wamid)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    place.ord,
    record.id,
    place.conversation,
    record.phoneNumberId,
    record.wamid,
    record.direction,
    record.content,
    record.timestamp,
    record.receivedAt,
    delivery.stage,
    delivery.attempt,
    delivery.sentAt,
    delivery.deliveredAt,
    delivery.readAt,
    delivery.failedAt,
    failureJson(delivery.failure),
    record.sender,
    record.clientMessageId,
    record.replyToWamid,
    content.type === 'REACTION' ? content.targetWamid : null,
  );
}

function insertAttempts({ database }: TransferCore, { ord }: Placed, record: MessageRecord): void {
  for (const { attempt, code, endedAt, outcome, startedAt, wamid } of record.attempts) {
    database.run(
      `INSERT INTO attempts (message, attempt, phone_number_id, started_at, ended_at, outcome, code, wamid)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      ord,
      attempt,
      record.phoneNumberId,
      startedAt,
      endedAt,
      outcome,
      code,
      wamid,
    );
  }
}

/** A reaction is found by the words of its message, whichever of the two comes first. */
function index(core: TransferCore, place: Placed, record: MessageRecord): void {
  const { database, search } = core;
  const { phoneNumberId } = record;
  const content = parseContent(record.content);
  if (content.type === 'REACTION') {
    const target = findByWamid(database, phoneNumberId, content.targetWamid);
    if (target !== undefined) search.add(place, searchTextOf(parseContent(target.row.content)));
    return;
  }
  search.add(place, searchTextOf(content));
  const wamids = [record.wamid, ...record.attempts.map(({ wamid }) => wamid)];
  for (const wamid of new Set(wamids)) {
    if (wamid !== null) indexWaitingReactions(core, { phoneNumberId, wamid }, () => content);
  }
}
