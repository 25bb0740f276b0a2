import { aConversation, aMessage } from '../../../testing/people';
import { unseenOf } from './unseen';
import type { UnseenInput } from './unseen';

const messages = [1, 2, 3, 4, 5].map((n) => aMessage(n));

function unseen(change: Partial<UnseenInput>): ReturnType<typeof unseenOf> {
  return unseenOf({
    isNewestInView: false,
    arrivals: [],
    messages,
    hasNewer: false,
    conversation: aConversation('cnv_1'),
    ...change,
  });
}

describe('unseenOf', () => {
  it('is nothing with the newest message in view, or when all is read', () => {
    expect(unseen({})).toBeNull();
    const conversation = aConversation('cnv_1', { unreadCount: 2 });
    expect(unseen({ isNewestInView: true, arrivals: ['a'], conversation })).toBeNull();
  });

  it('is what came while one reads further up', () => {
    expect(unseen({ arrivals: ['a', 'b'] })).toEqual({
      count: 2,
      texts: ['message 4', 'message 5'],
    });
  });

  it('is what was unread already, of many the newest', () => {
    const conversation = aConversation('cnv_1', { unreadCount: 5 });
    expect(unseen({ conversation })).toEqual({
      count: 5,
      texts: ['message 3', 'message 4', 'message 5'],
    });
  });

  it('leaves out our own messages and reactions', () => {
    const others = [
      ...messages,
      aMessage(6, { direction: 'OUTBOUND' }),
      aMessage(7, { type: 'REACTION' }),
    ];
    expect(unseen({ arrivals: ['a'], messages: others })?.texts).toEqual(['message 5']);
  });

  it('knows the last one where the end of the chat is not loaded', () => {
    const lastMessage = aMessage(9);
    const conversation = aConversation('cnv_1', { unreadCount: 1, lastMessage });
    expect(unseen({ hasNewer: true, conversation })).toEqual({ count: 1, texts: ['message 9'] });
  });
});
