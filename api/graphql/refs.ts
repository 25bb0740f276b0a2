import type { Contact } from '../contacts/contact.ts';
import type { Conversation } from '../conversations/conversation.ts';
import type { Message } from '../messages/message.ts';
import { builder } from './builder.ts';

/** Types that refer to each other across features; each feature implements its own. */
export const MessageType = builder.objectRef<Message>('Message');
export const ConversationType = builder.objectRef<Conversation>('Conversation');
export const ContactType = builder.objectRef<Contact>('Contact');
