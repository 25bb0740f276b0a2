import { wholeSecond } from '../../../clock.ts';
import type { Instant } from '../../../clock.ts';
import type { DeliveryState } from '../../../messages/delivery-status.ts';
import type { Direction } from '../../../messages/message.ts';
import type { MessageContent } from '../../../messages/message-content.ts';
import { countsAsUnread, searchTextOf } from '../../../messages/message-content.ts';
import { tokensOf } from '../../../search/tokens.ts';
import type { Core } from '../core.ts';
import type { ConversationDocument, MessageDocument, QueuePlace } from '../documents.ts';
import { sendKeyOf, wamidKeyOf } from './unique-keys.ts';

export interface Filing {
  readonly wamid: string | null;
  readonly direction: Direction;
  readonly content: MessageContent;
  readonly timestamp: Instant;
  readonly receivedAt: Instant;
  readonly delivery: DeliveryState;
  readonly replyToWamid: string | null;
  readonly sender: string | null;
  readonly clientMessageId: string | null;
  readonly position?: number;
  readonly queue?: QueuePlace;
}

/** Times outside 1970 to 2106 are kept with the message but ordered as the nearest one, in every store alike. */
const lastSecond = 2 ** 32 - 1;

/** Where a time lies in the order of a chat. */
export function chatSecond(second: number): number {
  return Math.min(Math.max(second, 0), lastSecond);
}

export function newMessage(
  core: Core,
  conversation: Pick<ConversationDocument, '_id' | 'phoneNumberId'>,
  filing: Filing,
): MessageDocument {
  const { content, sender, clientMessageId, position, queue, ...told } = filing;
  const { phoneNumberId } = conversation;
  if (!Number.isFinite(filing.timestamp)) throw new Error('The time of the message is no time');
  const sendKey = sender === null ? null : sendKeyOf({ sender, clientMessageId });
  return {
    ...told,
    _id: core.ids.next('msg'),
    conversationId: conversation._id,
    phoneNumberId,
    second: chatSecond(wholeSecond(filing.timestamp)),
    // Keys with `$` or dots, depth, NUL: JSON holds whatever a customer sends.
    content: JSON.stringify(content),
    sender,
    clientMessageId,
    ...(filing.wamid !== null && { wamidKey: wamidKeyOf(phoneNumberId, filing.wamid) }),
    ...(sendKey !== null && { sendKey }),
    ...(position !== undefined && { position }),
    ...(queue !== undefined && { queue }),
    ...(content.type === 'REACTION' && {
      targetKey: wamidKeyOf(phoneNumberId, content.targetWamid),
    }),
    ...(told.direction === 'INBOUND' && { unseen: { counted: countsAsUnread(content) } }),
    reactions: {},
    // A reaction is found by its target, once that is there.
    tokens: content.type === 'REACTION' ? [] : tokensOf(searchTextOf(content)),
    attempts: [],
    attemptKeys: [],
    isNew: true,
    revision: 0,
  };
}
