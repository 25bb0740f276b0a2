import { TestBed } from '@angular/core/testing';
import { Subject } from 'rxjs';
import { Answers } from '../../testing/answers';
import { aMessage } from '../../testing/people';
import { LiveUpdates } from '../connection/live-updates';
import type { LiveEvent } from '../connection/live-updates';
import { UnreadTotal } from './unread-total';

describe('UnreadTotal', () => {
  const open = new Subject<LiveEvent>();
  let total: number;
  let answers: Answers;
  let unread: UnreadTotal;
  let live: LiveUpdates;

  beforeEach(() => {
    jest.useFakeTimers();
    total = 4;
    answers = new Answers().on('UnreadTotal', () => ({ conversations: { totalUnread: total } }));
    live = new LiveUpdates({ open: () => open, head: () => Promise.resolve(null) });
    TestBed.configureTestingModule({
      providers: [answers.provide(), { provide: LiveUpdates, useValue: live }],
    });
    unread = TestBed.inject(UnreadTotal);
    live.start();
  });
  afterEach(() => {
    TestBed.resetTestingModule();
    jest.useRealTimers();
  });

  const tell = (type: LiveEvent['type']): void => {
    open.next({ cursor: '1', type, message: aMessage(1), conversation: null });
  };

  it('counts with the connection and with what changes it', async () => {
    tell('READY');
    await jest.advanceTimersByTimeAsync(500);
    expect(unread.value()).toBe(4);
    total = 5;
    tell('MESSAGE_ADDED');
    await jest.advanceTimersByTimeAsync(1000);
    expect(unread.value()).toBe(5);
  });

  it('asks seldom while much happens, and once more at the end', async () => {
    for (let n = 0; n < 50; n += 1) {
      tell('MESSAGE_ADDED');
      total = n;
      await jest.advanceTimersByTimeAsync(20);
    }
    await jest.advanceTimersByTimeAsync(1000);
    expect(answers.asked.length).toBeLessThan(6);
    expect(unread.value()).toBe(49);
  });

  it('counts what was kept, and what could not be counted, with the next connection', async () => {
    unread.restore(7);
    expect(unread.value()).toBe(7);
    live.connected();
    await jest.advanceTimersByTimeAsync(1000);
    expect(unread.value()).toBe(4);
    answers.on('UnreadTotal', () => Promise.reject(new Error('no connection')));
    tell('MESSAGE_ADDED');
    await jest.advanceTimersByTimeAsync(1000);
    total = 9;
    answers.on('UnreadTotal', () => ({ conversations: { totalUnread: total } }));
    live.connected();
    await jest.advanceTimersByTimeAsync(1000);
    expect(unread.value()).toBe(9);
    const asked = answers.asked.length;
    live.connected();
    await jest.advanceTimersByTimeAsync(1000);
    expect(answers.asked).toHaveLength(asked);
  });

  it('does not ask because of ticks, and keeps what it knows when there is no answer', async () => {
    tell('READY');
    await jest.advanceTimersByTimeAsync(1000);
    tell('MESSAGE_UPDATED');
    await jest.advanceTimersByTimeAsync(1000);
    expect(answers.asked).toHaveLength(1);
    answers.on('UnreadTotal', () => Promise.reject(new Error('no connection')));
    tell('CONVERSATION_UPDATED');
    await jest.advanceTimersByTimeAsync(1000);
    expect(unread.value()).toBe(4);
  });
});
