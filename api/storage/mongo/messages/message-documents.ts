import type { Message } from '../../../messages/message.ts';
import type { MessageContent } from '../../../messages/message-content.ts';
import type { MessageDocument } from '../documents.ts';

export function toMessage(document: MessageDocument): Message {
  return {
    id: document._id,
    conversationId: document.conversationId,
    phoneNumberId: document.phoneNumberId,
    wamid: document.wamid,
    direction: document.direction,
    content: parseContent(document.content),
    timestamp: document.timestamp,
    receivedAt: document.receivedAt,
    delivery: document.delivery,
    clientMessageId: document.clientMessageId,
    replyToWamid: document.replyToWamid,
    isSeen: document.direction === 'INBOUND' && document.unseen === undefined,
  };
}

/** Our own JSON, written from the same type. */
export function parseContent(json: string): MessageContent {
  return JSON.parse(json) as MessageContent;
}
