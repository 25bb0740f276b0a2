import type { LiveEvent } from '../connection/live-updates';
import type { ConversationPartsFragment } from '../graphql/graphql';
import { withMessage } from '../timeline/open-chat/chat-window';
import type { ChatWindow } from '../timeline/open-chat/chat-window';
import { most } from './kept-inbox';

/** Pages of one browser are never further apart than this. */
const mostRecent = 200;

/**
 * The ends of the chats that were opened or changed last, kept up to date by events: without a gap
 * from their oldest message to the newest one.
 */
export class ChatShelf {
  /** The one that was touched last at the end. */
  private readonly windows = new Map<string, ChatWindow>();
  private readonly recent: LiveEvent[] = [];
  private changedIds = new Set<string>();
  private readonly joinedIds = new Set<string>();

  get(conversationId: string): ChatWindow | null {
    return this.windows.get(conversationId) ?? null;
  }

  all(): readonly (readonly [string, ChatWindow])[] {
    return [...this.windows];
  }

  /** Those that were put or changed since the last time that this was asked. */
  takeChanged(): ReadonlySet<string> {
    const changed = this.changedIds;
    this.changedIds = new Set();
    return changed;
  }

  /** A stretch that was just loaded; one that does not reach the end of its chat is not kept. */
  put(conversationId: string, window: ChatWindow): void {
    if (window.newerCursor !== null) return;
    this.windows.delete(conversationId);
    this.replace(conversationId, window);
    for (const id of this.windows.keys()) {
      if (this.windows.size <= most.chats) break;
      this.windows.delete(id);
    }
  }

  /** A stretch that another page has loaded, to which not all may have happened yet that has happened here. */
  putOfOther(conversationId: string, window: ChatWindow): void {
    this.put(conversationId, window);
    for (const event of this.recent) {
      if (event.message?.conversation.id === conversationId) this.follow(event);
    }
  }

  apply(event: LiveEvent): void {
    if (this.recent.push(event) > mostRecent) this.recent.shift();
    this.follow(event);
  }

  /** What happens from now on does not follow what is here. */
  clear(): void {
    this.windows.clear();
    this.changedIds.clear();
    this.recent.length = 0;
  }

  private follow({ type, message, conversation }: LiveEvent): void {
    if (conversation !== null) this.leaveOutJoined(conversation);
    if (message === null) return;
    const { id } = message.conversation;
    const window = this.windows.get(id);
    if (window !== undefined) {
      const changed = withMessage(window, message);
      if (type === 'MESSAGE_ADDED') this.put(id, changed);
      else if (changed !== window) this.replace(id, changed);
    } else if (type === 'MESSAGE_ADDED' && conversation?.lastMessage?.id === message.id) {
      this.put(id, { messages: [message], olderCursor: message.cursor, newerCursor: null });
    }
  }

  /** The messages of a chat that became a part of another one come without events: what is here of both has gaps. */
  private leaveOutJoined({ id, formerIds }: ConversationPartsFragment): void {
    for (const former of formerIds.filter((one) => !this.joinedIds.has(one))) {
      this.joinedIds.add(former);
      this.windows.delete(former);
      this.windows.delete(id);
    }
  }

  private replace(conversationId: string, window: ChatWindow): void {
    const messages = window.messages.slice(-most.messagesOfAChat);
    const isCut = messages.length < window.messages.length;
    const olderCursor = isCut ? (messages[0]?.cursor ?? null) : window.olderCursor;
    this.windows.set(conversationId, { messages, olderCursor, newerCursor: null });
    this.changedIds.add(conversationId);
  }
}
