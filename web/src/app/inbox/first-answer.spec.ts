import { TestBed } from '@angular/core/testing';
import { Answers } from '../../testing/answers';
import { aConversation, asAnswered } from '../../testing/people';
import { FirstAnswer } from './first-answer';

function answerWith(id: string) {
  return {
    conversations: {
      __typename: 'ConversationConnection',
      eventCursor: '7',
      totalUnread: 0,
      nodes: [asAnswered(aConversation(id))],
      pageInfo: { __typename: 'PageInfo', hasNextPage: false, endCursor: null },
    },
  };
}

describe('FirstAnswer', () => {
  let answers: Answers;
  let first: FirstAnswer;

  beforeEach(() => {
    answers = new Answers().on('InboxStart', () => answerWith('cnv_asked'));
    TestBed.configureTestingModule({ providers: [answers.provide()] });
    first = TestBed.inject(FirstAnswer);
  });
  afterEach(() => {
    delete window.earlyAnswers;
  });

  const early = (body: unknown): void => {
    const inbox = Promise.resolve(new Response(JSON.stringify(body)));
    window.earlyAnswers = { session: null, inbox };
  };
  const idIn = async () => (await first.ask())?.conversations.nodes[0]?.id;

  it('is what the page asked before, the first time', async () => {
    early({ data: answerWith('cnv_early') });
    expect(await idIn()).toBe('cnv_early');
    expect(answers.asked).toEqual([]);
    expect(await idIn()).toBe('cnv_asked');
  });

  it('is asked for where that told of an error, or there was nothing', async () => {
    early({ data: answerWith('cnv_early'), errors: [{ message: 'Too slow.' }] });
    expect(await idIn()).toBe('cnv_asked');
    early(null);
    expect(await idIn()).toBe('cnv_asked');
  });

  it('gives the list its chats once', async () => {
    const asked = first.ask();
    expect((await first.takeChats())?.nodes).toHaveLength(1);
    expect(await first.takeChats()).toBeNull();
    await asked;
  });
});
