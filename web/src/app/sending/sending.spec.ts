import { TestBed } from '@angular/core/testing';
import { ServerError } from '@apollo/client/errors';
import { Answers, graphqlError } from '../../testing/answers';
import { aMessage, messageId } from '../../testing/people';
import { Session } from '../sign-in/session';
import { quotedMessage } from './quoted-message';
import type { Outgoing } from './send-queue';
import { Retries } from './retries';
import { Sending } from './sending';

const item: Outgoing = {
  clientMessageId: 'mine',
  conversationId: 'cnv_1',
  text: 'hello',
  replyTo: null,
  expectedLastMessageId: null,
  createdAtMs: 0,
  refusal: null,
};
const message = { ...aMessage(1, { direction: 'OUTBOUND' }), __typename: 'Message' };

function serverError(status: number): ServerError {
  return new ServerError('Refused.', { response: new Response('', { status }), bodyText: '' });
}

describe('Sending', () => {
  let answers: Answers;
  let sending: Sending;

  beforeEach(() => {
    answers = new Answers();
    TestBed.configureTestingModule({ providers: [answers.provide()] });
    sending = TestBed.inject(Sending);
  });

  it('sends under the id of the item, and tells what was accepted', async () => {
    answers.on('SendMessage', () => ({ sendMessage: message }));
    const accepted: string[] = [];
    sending.accepted.subscribe(({ id }) => accepted.push(id));
    await expect(sending.sendOutgoing(item)).resolves.toEqual({
      kind: 'accepted',
      messageId: message.id,
    });
    expect(accepted).toEqual([message.id]);
    expect(answers.askedOf('SendMessage')).toEqual([
      {
        input: {
          conversationId: 'cnv_1',
          text: 'hello',
          clientMessageId: 'mine',
          replyToId: null,
          expectedLastMessageId: null,
        },
      },
    ]);
  });

  it('sends which message it answers, and what its writer knew', async () => {
    answers.on('SendMessage', () => ({ sendMessage: message }));
    const replyTo = quotedMessage(aMessage(7));
    await sending.sendOutgoing({ ...item, replyTo, expectedLastMessageId: messageId(8) });
    expect(answers.askedOf('SendMessage')).toMatchObject([
      { input: { replyToId: messageId(7), expectedLastMessageId: messageId(8) } },
    ]);
  });

  it('passes on a refusal', async () => {
    answers.on('SendMessage', () => ({
      sendMessage: { __typename: 'ServiceWindowClosedError', message: 'Wait.' },
    }));
    await expect(sending.sendOutgoing(item)).resolves.toMatchObject({
      kind: 'refused',
      refusal: { advice: 'Wait.' },
    });
  });

  it.each([
    ['a lost connection', new TypeError('Failed to fetch')],
    ['a server that is starting', serverError(503)],
    ['too many requests', serverError(429)],
    ['an error that the server hides', graphqlError('INTERNAL_SERVER_ERROR')],
  ])('takes %s for no answer', async (_name, error) => {
    answers.on('SendMessage', () => Promise.reject(error));
    await expect(sending.sendOutgoing(item)).resolves.toEqual({ kind: 'no-answer' });
  });

  it.each([
    ['an argument', graphqlError('BAD_USER_INPUT', 'conversationId: not an id.')],
    ['the request', serverError(400)],
  ])('takes a refusal of %s for lasting', async (_name, error) => {
    answers.on('SendMessage', () => Promise.reject(error));
    await expect(sending.sendOutgoing(item)).resolves.toMatchObject({ kind: 'refused' });
  });

  it('asks for the sign-in and keeps the message when the session has ended', async () => {
    answers.on('SendMessage', () => Promise.reject(serverError(401)));
    await expect(sending.sendOutgoing(item)).resolves.toEqual({ kind: 'no-answer' });
    expect(TestBed.inject(Session).state()).toBe('closed');
  });

  describe('when the message was forbidden', () => {
    beforeEach(() => {
      answers.on('SendMessage', () => Promise.reject(serverError(403)));
    });
    const answerOfSession = (status: number): void => {
      const body = JSON.stringify({ required: true, active: true });
      globalThis.fetch = () => Promise.resolve(new Response(body, { status }));
    };

    it('refuses it where the session stands: a firewall dislikes its text', async () => {
      answerOfSession(200);
      await expect(sending.sendOutgoing(item)).resolves.toMatchObject({ kind: 'refused' });
      expect(TestBed.inject(Session).state()).toBe('open');
    });

    it('keeps it for after the sign-in where there is no session', async () => {
      answerOfSession(403);
      await expect(sending.sendOutgoing(item)).resolves.toEqual({ kind: 'no-answer' });
      expect(TestBed.inject(Session).state()).toBe('closed');
    });

    it('keeps it where nobody says', async () => {
      globalThis.fetch = () => Promise.reject(new TypeError('Failed to fetch'));
      await expect(sending.sendOutgoing(item)).resolves.toEqual({ kind: 'no-answer' });
    });
  });
});

describe('Retries', () => {
  let answers: Answers;
  let retries: Retries;

  beforeEach(() => {
    answers = new Answers();
    TestBed.configureTestingModule({ providers: [answers.provide()] });
    retries = TestBed.inject(Retries);
  });

  it('is busy until there is an answer, and asks once', async () => {
    answers.on('RetryMessage', () => ({ retryMessage: message }));
    const first = retries.retry('msg_1');
    void retries.retry('msg_1');
    expect(retries.stateOf('msg_1')).toEqual({ kind: 'busy' });
    await first;
    expect(retries.stateOf('msg_1')).toBeNull();
    expect(answers.asked).toHaveLength(1);
  });

  it('tells why it was refused, for that message alone', async () => {
    answers.on('RetryMessage', () => ({
      retryMessage: { __typename: 'ConflictError', message: 'It was sent meanwhile.' },
    }));
    await retries.retry('msg_1');
    expect(retries.stateOf('msg_1')).toMatchObject({ advice: 'It was sent meanwhile.' });
    expect(retries.stateOf('msg_2')).toBeNull();
  });

  it('tells of a lost connection and can be asked again', async () => {
    answers.on('RetryMessage', () => Promise.reject(new TypeError('Failed to fetch')));
    await retries.retry('msg_1');
    expect(retries.stateOf('msg_1')).toMatchObject({ title: 'No connection' });
    answers.on('RetryMessage', () => ({ retryMessage: message }));
    await retries.retry('msg_1');
    expect(retries.stateOf('msg_1')).toBeNull();
  });
});
