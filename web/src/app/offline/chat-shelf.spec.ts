import { aConversation, aMessage } from '../../testing/people';
import type { LiveEvent } from '../connection/live-updates';
import type { ChatWindow, Message } from '../timeline/open-chat/chat-window';
import { ChatShelf } from './chat-shelf';
import { most } from './kept-inbox';

function windowOf(...numbers: number[]): ChatWindow {
  return { messages: numbers.map((n) => aMessage(n)), olderCursor: 'older', newerCursor: null };
}

function added(message: Message, lastMessage = message): LiveEvent {
  const conversation = aConversation(message.conversation.id, { lastMessage });
  return { cursor: message.cursor, type: 'MESSAGE_ADDED', message, conversation };
}

const inChat = (id: string, n: number) => aMessage(n, { conversation: { id } });

describe('ChatShelf', () => {
  let shelf: ChatShelf;
  const ids = (chat: string) => shelf.get(chat)?.messages.map(({ id }) => id);
  const idsOf = (...numbers: number[]) => numbers.map((n) => aMessage(n).id);

  beforeEach(() => {
    shelf = new ChatShelf();
  });

  it('keeps the end of a chat and what happens to it', () => {
    shelf.put('cnv_1', windowOf(1, 2));
    shelf.apply(added(aMessage(3)));
    const read = aMessage(2, { status: 'READ' });
    shelf.apply({ cursor: 'x', type: 'MESSAGE_UPDATED', message: read, conversation: null });
    expect(ids('cnv_1')).toEqual(idsOf(1, 2, 3));
    expect(shelf.get('cnv_1')?.messages[1]?.status).toBe('READ');
    expect(shelf.get('cnv_1')?.olderCursor).toBe('older');
  });

  it('lets go of the oldest messages, and knows where they go on', () => {
    const numbers = Array.from({ length: most.messagesOfAChat }, (_, index) => index + 1);
    shelf.put('cnv_1', { ...windowOf(...numbers), olderCursor: null });
    expect(shelf.get('cnv_1')?.olderCursor).toBeNull();
    shelf.apply(added(aMessage(most.messagesOfAChat + 1)));
    expect(shelf.get('cnv_1')?.messages).toHaveLength(most.messagesOfAChat);
    expect(shelf.get('cnv_1')?.olderCursor).toBe(aMessage(2).cursor);
  });

  it('lets go of two chats that become one: what moves comes without events', () => {
    shelf.put('cnv_1', windowOf(1, 2));
    shelf.put('cnv_2', windowOf(3));
    const conversation = aConversation('cnv_1', { formerIds: ['cnv_2'] });
    const told: LiveEvent = {
      cursor: 'x',
      type: 'CONVERSATION_UPDATED',
      message: null,
      conversation,
    };
    shelf.apply(told);
    expect([shelf.get('cnv_1'), shelf.get('cnv_2')]).toEqual([null, null]);
    shelf.put('cnv_1', windowOf(1, 2, 3));
    shelf.apply(told);
    expect(ids('cnv_1')).toEqual(idsOf(1, 2, 3));
  });

  it('begins a chat with the message that came last in it, and with no other', () => {
    shelf.apply(added(inChat('cnv_2', 5)));
    expect(shelf.get('cnv_2')).toMatchObject({ olderCursor: 'at 5', newerCursor: null });
    shelf.apply(added(inChat('cnv_3', 5), inChat('cnv_3', 7)));
    expect(shelf.get('cnv_3')).toBeNull();
  });

  it('keeps no stretch that does not reach the end of its chat', () => {
    shelf.put('cnv_1', { ...windowOf(1, 2), newerCursor: 'newer' });
    expect(shelf.get('cnv_1')).toBeNull();
  });

  it('keeps the chats that were opened or written in last', () => {
    shelf.put('first', windowOf(1));
    shelf.put('second', windowOf(1));
    shelf.apply(added(inChat('first', 2)));
    for (let n = 0; n < most.chats - 1; n += 1) shelf.put(`more ${String(n)}`, windowOf(1));
    expect(shelf.all()).toHaveLength(most.chats);
    expect(shelf.get('first')).not.toBeNull();
    expect(shelf.get('second')).toBeNull();
  });

  it('brings a stretch that another page loaded up to what has happened here', () => {
    shelf.apply(added(inChat('cnv_9', 1)));
    shelf.apply(added(aMessage(3)));
    const read = aMessage(2, { status: 'READ' });
    shelf.apply({ cursor: 'x', type: 'MESSAGE_UPDATED', message: read, conversation: null });
    shelf.putOfOther('cnv_1', windowOf(1, 2));
    expect(ids('cnv_1')).toEqual(idsOf(1, 2, 3));
    expect(shelf.get('cnv_1')?.messages[1]?.status).toBe('READ');
  });

  it('tells once which chats have changed', () => {
    shelf.put('cnv_1', windowOf(1));
    shelf.put('cnv_2', windowOf(1));
    expect([...shelf.takeChanged()]).toEqual(['cnv_1', 'cnv_2']);
    shelf.apply(added(inChat('cnv_2', 2)));
    shelf.apply({ cursor: 'x', type: 'CONVERSATION_UPDATED', message: null, conversation: null });
    expect([...shelf.takeChanged()]).toEqual(['cnv_2']);
    shelf.clear();
    expect(shelf.all()).toEqual([]);
  });
});
