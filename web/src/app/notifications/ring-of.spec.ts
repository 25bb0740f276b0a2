import { aConversation, aMessage } from '../../testing/people';
import type { LiveEvent } from '../connection/live-updates';
import { ringOf } from './ring-of';
import type { Surroundings } from './ring-of';

const conversation = aConversation('cnv_1');
const added: LiveEvent = {
  cursor: '1',
  type: 'MESSAGE_ADDED',
  message: aMessage(7, { text: 'Is my _lamp_ ready?' }),
  conversation,
};
const away: Surroundings = { openId: null, isHere: false, isQuiet: () => false };

describe('what rings', () => {
  it('is a message of a customer, with who and what', () => {
    expect(ringOf(added, away)).toEqual({
      messageId: aMessage(7).id,
      conversationId: 'cnv_1',
      name: 'Amara Okafor',
      text: 'Is my lamp ready?',
      isSeen: false,
    });
  });

  it('is seen where its chat is open in a window in use, and there alone', () => {
    const isSeen = (surroundings: Partial<Surroundings>) =>
      ringOf(added, { ...away, ...surroundings })?.isSeen;
    expect(isSeen({ openId: 'cnv_1', isHere: true })).toBe(true);
    expect(isSeen({ openId: 'cnv_1', isHere: false })).toBe(false);
    expect(isSeen({ openId: 'cnv_2', isHere: true })).toBe(false);
    expect(isSeen({ openId: null, isHere: true })).toBe(false);
  });

  it('is nothing in a quiet chat', () => {
    expect(ringOf(added, { ...away, isQuiet: (id) => id === 'cnv_1' })).toBeNull();
  });

  it.each<[string, LiveEvent]>([
    ['ours', { ...added, message: aMessage(7, { direction: 'OUTBOUND' }) }],
    ['a reaction', { ...added, message: aMessage(7, { type: 'REACTION' }) }],
    ['a notice', { ...added, message: aMessage(7, { type: 'SYSTEM' }) }],
    ['a change', { ...added, type: 'MESSAGE_UPDATED' }],
    ['a chat', { ...added, type: 'CONVERSATION_UPDATED', message: null }],
    ['the beginning', { cursor: '1', type: 'READY', message: null, conversation: null }],
  ])('is not %s', (_, event) => {
    expect(ringOf(event, away)).toBeNull();
  });
});
