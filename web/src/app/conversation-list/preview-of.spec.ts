import { aConversation, at } from '../../testing/people';
import { previewOf } from './preview-of';

const lastMessage = {
  id: 'msg_1',
  direction: 'OUTBOUND',
  type: 'TEXT',
  text: '*See* you then',
  status: 'READ',
  timestamp: at(0),
  content: { __typename: 'TextContent' },
} as const;

const unsent = {
  clientMessageId: 'client-1',
  conversationId: 'cnv_1',
  text: '*Soon*',
  replyTo: null,
  expectedLastMessageId: null,
  createdAtMs: 0,
  refusal: null,
};

describe('previewOf', () => {
  it('shows how far our last message has come', () => {
    expect(previewOf(aConversation('cnv_1', { lastMessage }))).toMatchObject({
      text: 'See you then',
      kind: null,
      tick: { icon: 'double-check', tone: 'read' },
    });
  });

  it('shows the kind of what is more than text', () => {
    const voice = {
      ...lastMessage,
      direction: 'INBOUND',
      type: 'AUDIO',
      content: { __typename: 'MediaContent', voice: true },
    } as const;
    expect(previewOf(aConversation('cnv_1', { lastMessage: voice }))).toMatchObject({
      tick: null,
      kind: { icon: 'voice' },
    });
  });

  it('shows what waits in this browser in place of what the server has', () => {
    const chat = aConversation('cnv_1', { lastMessage });
    expect(previewOf(chat, unsent)).toMatchObject({
      text: 'Soon',
      kind: null,
      tick: { icon: 'clock', label: 'Waiting to be sent' },
    });
  });

  it('shows what was refused until something comes after it', () => {
    const refusal = { title: 'Closed', advice: 'Wait.' };
    const refused = { ...unsent, createdAtMs: Date.parse(at(0)) + 1_000, refusal };
    const before = aConversation('cnv_1', { lastMessage });
    expect(previewOf(before, refused)).toMatchObject({
      text: 'Soon',
      tick: { icon: 'failed', label: 'Not sent' },
    });
    const newer = { ...lastMessage, text: 'Are you there?', timestamp: at(60_000) };
    const after = aConversation('cnv_1', { lastMessage: newer });
    expect(previewOf(after, refused).text).toBe('Are you there?');
    expect(previewOf(aConversation('cnv_1'), refused).text).toBe('Soon');
  });

  it('says so when nothing was written yet', () => {
    expect(previewOf(aConversation('cnv_1')).text).toBe('No messages yet');
  });
});
