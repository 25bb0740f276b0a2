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

  it('shows what waits in this browser, or was refused, in place of what the server has', () => {
    const unsent = {
      clientMessageId: 'client-1',
      conversationId: 'cnv_1',
      text: '*Soon*',
      replyTo: null,
      expectedLastMessageId: null,
      createdAtMs: 0,
      refusal: null,
    };
    const chat = aConversation('cnv_1', { lastMessage });
    expect(previewOf(chat, unsent)).toMatchObject({
      text: 'Soon',
      kind: null,
      tick: { icon: 'clock', label: 'Waiting to be sent' },
    });
    const refused = { ...unsent, refusal: { title: 'Closed', advice: 'Wait.' } };
    expect(previewOf(chat, refused).tick).toMatchObject({ icon: 'failed', label: 'Not sent' });
  });

  it('says so when nothing was written yet', () => {
    expect(previewOf(aConversation('cnv_1')).text).toBe('No messages yet');
  });
});
