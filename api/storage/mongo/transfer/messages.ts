import { wholeSecond } from '../../../clock.ts';
import { searchTextOf } from '../../../messages/message-content.ts';
import { tokensOf } from '../../../search/tokens.ts';
import type { MessageRecord } from '../../transfer/records.ts';
import { portionOf } from '../../transfer/transfer.ts';
import type { Core } from '../core.ts';
import type { MessageDocument } from '../documents.ts';
import { parseContent } from '../messages/message-documents.ts';
import { chatSecond } from '../messages/new-message.ts';
import { reactToTargets } from '../messages/react-to-targets.ts';
import { storeWords } from '../messages/search-words.ts';
import { sendKeyOf, wamidKeyOf } from '../messages/unique-keys.ts';
import { settleWaiting } from '../messages/waiting.ts';
import { beyondPlace, byPlace } from '../paging.ts';
import type { Exchange } from './exchange.ts';
import { insertMissing, portionSize } from './exchange.ts';

/** What waits in the outbox comes with the lines. */
export const messages: Exchange<MessageRecord> = {
  collection: 'messages',
  async read({ collections }, after) {
    const [second, id = ''] = after?.split(' ') ?? [];
    const beyond =
      second === undefined
        ? {}
        : beyondPlace<MessageDocument>(
            'second',
            { second: Number(second), id },
            { isUp: true, isInclusive: false },
          );
    const found = await collections.messages
      .find(beyond)
      .sort(byPlace('second', true))
      .limit(portionSize)
      .toArray();
    return portionOf(found, portionSize, {
      cursorOf: (document) => `${String(document.second)} ${document._id}`,
      toRecord,
    });
  },
  async write(core, records) {
    const documents = records.map(toDocument);
    await storeWords(
      core,
      documents.flatMap(({ tokens }) => tokens),
    );
    await insertMissing(() => core.collections.messages.insertMany(documents, { ordered: false }));
    await bringReactions(core, documents);
  },
};

function toRecord(document: MessageDocument): MessageRecord {
  const { delivery } = document;
  return {
    id: document._id,
    conversationId: document.conversationId,
    phoneNumberId: document.phoneNumberId,
    wamid: document.wamid,
    direction: document.direction,
    content: document.content,
    timestamp: document.timestamp,
    receivedAt: document.receivedAt,
    delivery,
    sender: document.sender,
    clientMessageId: document.clientMessageId,
    replyToWamid: document.replyToWamid,
    unseen: document.unseen === undefined ? null : { counted: document.unseen.counted },
    attempts: document.attempts,
  };
}

function toDocument(record: MessageRecord): MessageDocument {
  const { attempts, clientMessageId, id, phoneNumberId, sender, unseen, wamid, ...told } = record;
  const content = parseContent(record.content);
  const wamids = attempts.flatMap((attempt) => attempt.wamid ?? []);
  const sendKey = sender === null ? null : sendKeyOf({ sender, clientMessageId });
  return {
    ...told,
    _id: id,
    phoneNumberId,
    second: chatSecond(wholeSecond(record.timestamp)),
    wamid,
    ...(wamid !== null && { wamidKey: wamidKeyOf(phoneNumberId, wamid) }),
    sender,
    clientMessageId,
    ...(sendKey !== null && { sendKey }),
    ...(content.type === 'REACTION' && {
      targetKey: wamidKeyOf(phoneNumberId, content.targetWamid),
    }),
    ...(unseen !== null && { unseen }),
    reactions: {},
    tokens: content.type === 'REACTION' ? [] : tokensOf(searchTextOf(content)),
    attempts,
    attemptKeys: [...new Set(wamids.map((of) => wamidKeyOf(phoneNumberId, of)))],
    revision: 0,
  };
}

/** Reactions get to their messages, whichever of the two comes first. */
async function bringReactions(core: Core, documents: readonly MessageDocument[]): Promise<void> {
  await settleWaiting(
    core,
    documents.flatMap((message) => {
      const keys = new Set([
        ...message.attemptKeys,
        ...(message.wamidKey === undefined ? [] : [message.wamidKey]),
      ]);
      return [...keys].map((key) => ({ message, key, attempt: message.delivery.attempt }));
    }),
  );
  await reactToTargets(core, documents);
}
