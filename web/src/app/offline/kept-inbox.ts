import type { ConversationPartsFragment } from '../graphql/graphql';
import type { Message } from '../timeline/open-chat/chat-window';

/** How much is kept at most; the newest of each. */
export const most = { conversations: 200, chats: 30, messagesOfAChat: 60 };

/** The end of one chat. */
export interface KeptChat {
  readonly id: string;
  readonly conversation: ConversationPartsFragment;
  readonly messages: readonly Message[];
  /** Where older ones go on; null when the chat begins here. */
  readonly olderCursor: string | null;
}

/** The inbox as it was at one place in the stream of events: what comes after that place makes it current. */
export interface KeptInbox {
  readonly cursor: string;
  readonly asOfMs: number;
  /** A key was asked for: it is shown for as long as the session may last. */
  readonly needsSession: boolean;
  readonly conversations: readonly ConversationPartsFragment[];
  readonly unreadTotal: number;
  /** Those that were opened or changed last at the end. */
  readonly chats: readonly KeptChat[];
}
