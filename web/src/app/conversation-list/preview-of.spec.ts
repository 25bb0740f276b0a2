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

  it('says so when nothing was written yet', () => {
    expect(previewOf(aConversation('cnv_1')).text).toBe('No messages yet');
  });
});
