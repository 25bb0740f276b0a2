import { parseSendInput } from './send-input.ts';
import type { SendInput } from './send-input.ts';

const messageId = 'msg_01JD0000000000000000000001';
const conversationId = 'cnv_01JD0000000000000000000001';
const good: SendInput = { to: '447700900123', text: 'Hello' };
const issuesOf = (changed: SendInput) =>
  parseSendInput({ ...good, ...changed }).issues.map(({ path, message }) => [
    path.join('.'),
    message,
  ]);

describe('parseSendInput', () => {
  it('takes a text to a number, and treats null as left out', () => {
    const input = { ...good, conversationId: null, replyToId: null, clientMessageId: null };
    expect(parseSendInput(input)).toEqual({
      issues: [],
      send: {
        target: { phoneNumber: '447700900123' },
        text: 'Hello',
        replyToId: null,
        clientMessageId: null,
        expectedLastMessageId: null,
      },
    });
  });

  it('takes a reply in a conversation', () => {
    const input = {
      conversationId,
      text: 'Yes',
      replyToId: messageId,
      expectedLastMessageId: messageId,
    };
    expect(parseSendInput(input)).toMatchObject({
      issues: [],
      send: { target: { conversationId }, replyToId: messageId, expectedLastMessageId: messageId },
    });
  });

  it('cleans the text before it judges it', () => {
    expect(parseSendInput({ ...good, text: 'a\0b' }).send.text).toBe('ab');
    expect(issuesOf({ text: '\0\0' })).toEqual([['text', expect.stringContaining('1 to 4096')]]);
  });

  it('names everything that is wrong at once', () => {
    const issues = issuesOf({
      to: '+44 7700 900123',
      text: ' ',
      replyToId: 'nonsense',
      clientMessageId: '',
      expectedLastMessageId: conversationId,
    });
    expect(issues.map(([path]) => path)).toEqual([
      'to',
      'text',
      'replyToId',
      'expectedLastMessageId',
      'clientMessageId',
    ]);
  });

  it.each<[SendInput, string, string]>([
    [{ to: null }, 'to', 'Say who gets it'],
    [{ conversationId }, 'to', 'not both'],
    [
      { to: null, conversationId: messageId },
      'conversationId',
      'This is the id of a message; give that of a conversation.',
    ],
    [
      { replyToId: conversationId },
      'replyToId',
      'This is the id of a conversation; give that of a message.',
    ],
    [{ replyToId: '' }, 'replyToId', 'no message with this id'],
    [{ expectedLastMessageId: 'msg_1' }, 'expectedLastMessageId', 'no message with this id'],
    [{ text: null }, 'text', 'Write a text'],
    [{ clientMessageId: 'x'.repeat(129) }, 'clientMessageId', 'this one has 129'],
    [{ clientMessageId: 'a\0b' }, 'clientMessageId', 'no control characters'],
    [{ clientMessageId: 'a\uD800' }, 'clientMessageId', 'no half emoji'],
  ])('says of %j where and what: %s', (changed, path, problem) => {
    expect(issuesOf(changed)).toEqual([[path, expect.stringContaining(problem)]]);
  });

  it('leaves it to the search whether an id that is none names a conversation', () => {
    expect(issuesOf({ to: null, conversationId: 'nonsense' })).toEqual([]);
  });

  it('takes keys of 1 to 128 characters', () => {
    expect(issuesOf({ clientMessageId: 'k' })).toEqual([]);
    expect(issuesOf({ clientMessageId: 'é'.repeat(128) })).toEqual([]);
  });
});
