import { aMessage, at } from '../../../testing/people';
import { quotedMessage } from '../../sending/quoted-message';
import { bubbleOfMessage, bubbleOfOutgoing, rememberedBubbles } from './bubble-of';

describe('bubbleOfMessage', () => {
  it('quotes what it answers, with who wrote it', () => {
    const bubble = bubbleOfMessage(
      aMessage(2, {
        replyTo: {
          id: 'msg_1',
          cursor: 'at 1',
          direction: 'OUTBOUND',
          type: 'AUDIO',
          text: 'Voice message',
          content: { __typename: 'MediaContent', voice: true },
        },
      }),
    );
    expect(bubble.quote).toEqual({
      place: { messageId: 'msg_1', cursor: 'at 1' },
      isOurs: true,
      kind: { icon: 'voice', name: 'Voice message' },
      text: 'Voice message',
    });
  });

  it('shows the quote of an answer that has not been sent yet', () => {
    const { quote } = bubbleOfOutgoing({
      clientMessageId: 'mine',
      conversationId: 'cnv_1',
      text: 'hello',
      replyTo: quotedMessage(aMessage(1, { text: 'Are you open?' })),
      expectedLastMessageId: null,
      createdAtMs: 0,
      refusal: null,
    });
    expect(quote).toMatchObject({ isOurs: false, kind: null, text: 'Are you open?' });
  });

  it('puts equal reactions together', () => {
    const { reactions } = bubbleOfMessage(
      aMessage(1, {
        reactions: [
          { emoji: '👍', byCustomer: true, at: at(0) },
          { emoji: '👍', byCustomer: false, at: at(1) },
          { emoji: '🎉', byCustomer: true, at: at(2) },
        ],
      }),
    );
    expect(reactions).toEqual([
      { emoji: '👍', count: 2, label: '👍 from the customer and you' },
      { emoji: '🎉', count: 1, label: '🎉 from the customer' },
    ]);
  });

  it('gives the reason and the advice of a failure', () => {
    const error = { code: 131026, title: 'Not delivered', advice: 'Ask them.', retryable: true };
    const bubble = bubbleOfMessage(aMessage(1, { direction: 'OUTBOUND', status: 'FAILED', error }));
    expect(bubble.problem).toMatchObject({ title: 'Not delivered', advice: 'Ask them.' });
  });

  it('explains a failure without a reason and an outcome that is not known', () => {
    const failed = bubbleOfMessage(aMessage(1, { direction: 'OUTBOUND', status: 'FAILED' }));
    const unknown = bubbleOfMessage(aMessage(1, { direction: 'OUTBOUND', status: 'UNKNOWN' }));
    expect(failed.problem?.title).not.toBe('');
    expect(unknown.problem).toMatchObject({ tone: 'doubtful', retry: 'asks-first' });
  });

  it('has no problem while all is well', () => {
    expect(bubbleOfMessage(aMessage(1, { direction: 'OUTBOUND' })).problem).toBeNull();
    expect(bubbleOfMessage(aMessage(1)).problem).toBeNull();
  });
});

describe('rememberedBubbles', () => {
  it('gives the same view until the message changes', () => {
    const bubbleOf = rememberedBubbles();
    const message = aMessage(1);
    expect(bubbleOf(message)).toBe(bubbleOf(message));
    expect(bubbleOf({ ...message, text: 'edited' }).text).toBe('edited');
  });
});
