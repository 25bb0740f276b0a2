import type { Conversation } from '../../../api/conversations/conversation.ts';
import { textOf } from '../../../api/messages/message-content.ts';
import type { Message } from '../../../api/messages/message.ts';
import { statusOf } from '../../../api/messages/delivery-status.ts';
import type { MessageStatus } from '../../../api/messages/delivery-status.ts';
import type { MessageId } from '../../../api/ids.ts';
import type { Store } from '../../../api/storage/store.ts';
import { business } from './deliveries.ts';

/** The conversation with a number on the first business number, which has to be there. */
export async function chatWith(store: Store, phoneNumber: string): Promise<Conversation> {
  const chat = await store.conversations.byPhoneNumber(business.phoneNumberId, phoneNumber);
  if (chat === null) throw new Error(`No conversation with ${phoneNumber}`);
  return chat;
}

export async function messagesIn(store: Store, chat: Conversation): Promise<readonly Message[]> {
  const page = await store.messages.page({ page: { first: 200 }, conversationIds: [chat.id] });
  return page.items;
}

export async function textsIn(store: Store, chat: Conversation): Promise<string[]> {
  return (await messagesIn(store, chat)).map((message) => textOf(message.content));
}

export async function allChats(store: Store): Promise<readonly Conversation[]> {
  return (await store.conversations.page({ page: { first: 200 }, filter: {} })).items;
}

export async function messageOf(store: Store, wamid: string): Promise<Message> {
  const message = (await store.messages.byWamids(business.phoneNumberId, [wamid])).get(wamid);
  if (message === undefined) throw new Error(`No message ${wamid}`);
  return message;
}

export async function messageWith(store: Store, id: MessageId): Promise<Message> {
  const message = (await store.messages.byIds([id])).get(id);
  if (message === undefined) throw new Error(`No message ${id}`);
  return message;
}

export async function statusWith(store: Store, id: MessageId): Promise<MessageStatus> {
  return statusOf((await messageWith(store, id)).delivery);
}
