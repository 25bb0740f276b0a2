import { TestBed } from '@angular/core/testing';
import { Subject } from 'rxjs';
import { Answers } from '../../testing/answers';
import { aConversation, asAnswered } from '../../testing/people';
import { deferred, eventually } from '../../testing/settled';
import { LiveUpdates } from '../connection/live-updates';
import type { LiveEvent } from '../connection/live-updates';
import type { ConversationPartsFragment } from '../graphql/graphql';
import { ConversationDetails } from './conversation-details';

describe('ConversationDetails', () => {
  let answers: Answers;
  let stream: Subject<LiveEvent>;
  let details: ConversationDetails;

  beforeEach(() => {
    answers = new Answers();
    stream = new Subject();
    const live = new LiveUpdates({ open: () => stream, head: () => Promise.resolve(null) });
    TestBed.configureTestingModule({
      providers: [answers.provide(), ConversationDetails, { provide: LiveUpdates, useValue: live }],
    });
    live.start();
    details = TestBed.inject(ConversationDetails);
  });

  const answerWith = (change: Partial<ConversationPartsFragment>): void => {
    answers.on('ConversationDetails', () => ({
      conversation: asAnswered(aConversation('cnv_1', change)),
    }));
  };
  const tell = (change: Partial<ConversationPartsFragment>): void => {
    const conversation = asAnswered(aConversation('cnv_1', change));
    stream.next({ cursor: '1', type: 'CONVERSATION_UPDATED', message: null, conversation });
  };
  const unread = () => details.conversation()?.unreadCount;

  it('loads the conversation and follows its events', async () => {
    answerWith({ unreadCount: 2 });
    details.open('cnv_1');
    await eventually(() => {
      expect(unread()).toBe(2);
    });
    tell({ unreadCount: 3 });
    await eventually(() => {
      expect(unread()).toBe(3);
    });
    expect(details.state()).toBe('ready');
  });

  it('says when there is none, and when it could not be asked', async () => {
    answers.on('ConversationDetails', () => ({ conversation: null }));
    details.open('cnv_1');
    await eventually(() => {
      expect(details.state()).toBe('missing');
    });
    answers.on('ConversationDetails', () => Promise.reject(new Error('no connection')));
    await details.load();
    expect(details.state()).toBe('failed');
  });

  it('asks again by itself once the server is there again', async () => {
    answers.on('ConversationDetails', () => Promise.reject(new Error('no connection')));
    details.open('cnv_1');
    await eventually(() => {
      expect(details.state()).toBe('failed');
    });
    answerWith({ unreadCount: 2 });
    TestBed.inject(LiveUpdates).connected();
    await eventually(() => {
      expect(unread()).toBe(2);
    });
  });

  it('shows one that is read as read', async () => {
    answerWith({ unreadCount: 2 });
    details.open('cnv_1');
    answers.on('MarkConversationRead', () => ({
      markConversationRead: { __typename: 'Conversation', id: 'cnv_1', unreadCount: 0 },
    }));
    await expect(details.markRead('msg_1')).resolves.toBe(true);
    await eventually(() => {
      expect(unread()).toBe(0);
    });
    expect(answers.askedOf('MarkConversationRead')).toEqual([
      { conversationId: 'cnv_1', upToMessageId: 'msg_1' },
    ]);
  });

  it('keeps a message unread that came while others were marked', async () => {
    answerWith({ unreadCount: 2 });
    details.open('cnv_1');
    await eventually(() => {
      expect(unread()).toBe(2);
    });
    const slow = deferred<unknown>();
    answers.on('MarkConversationRead', () => slow.promise);
    const marked = details.markRead('msg_1');
    tell({ unreadCount: 1 });
    slow.resolve({
      markConversationRead: { __typename: 'Conversation', id: 'cnv_1', unreadCount: 0 },
    });
    await marked;
    await eventually(() => {
      expect(unread()).toBe(1);
    });
  });

  it('tells when marking failed', async () => {
    answers.on('MarkConversationRead', () => Promise.reject(new Error('no connection')));
    await expect(details.markRead('msg_1')).resolves.toBe(false);
  });
});
