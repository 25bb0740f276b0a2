import type { ConversationPartsFragment, MessagePartsFragment } from '../app/graphql/graphql';

/** The fictional customers of the tests. */
export const people = {
  amara: { name: 'Amara Okafor', phoneNumber: '15555550142' },
  tom: { name: 'Tom Aldridge', phoneNumber: '447700900123' },
  lea: { name: 'Léa Fontaine', phoneNumber: '33639981234' },
  kiri: { name: 'Kiri Walker', phoneNumber: '61491570156' },
} as const;

/** Noon of a day in the past, where the tests run. */
export const noon = new Date(2026, 4, 12, 12).getTime();

export function at(offsetMs: number): string {
  return new Date(noon + offsetMs).toISOString();
}

/** Ids sort by their number, as the server's do by time. */
export function messageId(n: number): string {
  return `msg_${String(n).padStart(26, '0')}`;
}

export function aMessage(
  n: number,
  change: Partial<MessagePartsFragment> = {},
): MessagePartsFragment {
  return {
    id: messageId(n),
    clientMessageId: null,
    cursor: `at ${String(n)}`,
    conversation: { id: 'cnv_1' },
    direction: 'INBOUND',
    type: 'TEXT',
    text: `message ${String(n)}`,
    status: change.direction === 'OUTBOUND' ? 'SENT' : 'RECEIVED',
    timestamp: at(n * 60_000),
    deliveredAt: null,
    readAt: null,
    content: { __typename: 'TextContent' },
    error: null,
    replyTo: null,
    reactions: [],
    ...change,
  };
}

export function aConversation(
  id: string,
  change: Partial<ConversationPartsFragment> = {},
): ConversationPartsFragment {
  return {
    id,
    formerIds: [],
    phoneNumberId: '331190077250416',
    contact: {
      id: `cnt_of_${id}`,
      displayName: people.amara.name,
      phoneNumber: people.amara.phoneNumber,
      username: null,
      profileName: people.amara.name,
    },
    unreadCount: 0,
    lastActivityAt: at(0),
    lastMessage: null,
    serviceWindow: { state: 'OPEN', openedAt: at(0), expiresAt: at(24 * 60 * 60_000) },
    ...change,
  };
}

/** With the type names that a server's answer carries. */
export function asAnswered(conversation: ConversationPartsFragment): ConversationPartsFragment {
  return Object.assign({ __typename: 'Conversation' }, conversation, {
    contact: Object.assign({ __typename: 'Contact' }, conversation.contact),
    serviceWindow: Object.assign({ __typename: 'ServiceWindow' }, conversation.serviceWindow),
  });
}
