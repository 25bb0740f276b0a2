import { TestBed } from '@angular/core/testing';
import type { ComponentFixture } from '@angular/core/testing';
import { Subject } from 'rxjs';
import { Answers } from '../../testing/answers';
import { standInForDialogs } from '../../testing/dialogs';
import { aMessage, at } from '../../testing/people';
import { eventually } from '../../testing/settled';
import { LiveUpdates } from '../connection/live-updates';
import type { LiveEvent } from '../connection/live-updates';
import { MessageInfo } from './message-info';

const sent = {
  __typename: 'Message',
  id: 'msg_1',
  wamid: 'wamid.abc',
  clientMessageId: null,
  direction: 'OUTBOUND',
  status: 'SENT',
  timestamp: at(0),
  receivedAt: at(0),
  sentAt: at(1000),
  deliveredAt: null,
  readAt: null,
  failedAt: null,
  attempts: 1,
  error: null,
};

describe('MessageInfo', () => {
  let answers: Answers;
  let events: Subject<LiveEvent>;
  let fixture: ComponentFixture<MessageInfo>;

  beforeAll(standInForDialogs);
  beforeEach(() => {
    answers = new Answers().on('MessageInfo', () => ({ message: sent }));
    events = new Subject();
    const live = new LiveUpdates({ open: () => events, head: () => Promise.resolve(null) });
    live.start();
    TestBed.configureTestingModule({
      providers: [answers.provide(), { provide: LiveUpdates, useValue: live }],
    });
    fixture = TestBed.createComponent(MessageInfo);
    fixture.componentRef.setInput('messageId', 'msg_1');
    fixture.detectChanges();
  });

  const root = (): HTMLElement => {
    const element: unknown = fixture.nativeElement;
    if (!(element instanceof HTMLElement)) throw new Error('Not drawn.');
    return element;
  };
  const shows = (text: string): Promise<void> =>
    eventually(() => {
      expect(root().textContent).toContain(text);
    });

  it('tells the way of the message, and its ids', async () => {
    await shows('wamid.abc');
    expect([...root().querySelectorAll('.name')].map(({ textContent }) => textContent)).toEqual([
      'Queued',
      'Sent',
      'Delivered',
      'Read',
    ]);
    expect(root().textContent).toContain('Handed to WhatsApp once.');
  });

  it('follows what happens to it', async () => {
    await shows('wamid.abc');
    answers.on('MessageInfo', () => ({
      message: {
        ...sent,
        status: 'FAILED',
        failedAt: at(2000),
        error: { __typename: 'DeliveryError', title: 'Not delivered', advice: 'Ask them.' },
      },
    }));
    events.next({
      cursor: '2',
      type: 'MESSAGE_UPDATED',
      message: { ...aMessage(1), id: 'msg_1' },
      conversation: null,
    });
    await shows('Not delivered');
    await shows('Failed');
  });

  it('says when it could not be looked up, and tries again', async () => {
    answers.on('MessageInfo', () => Promise.reject(new Error('no connection')));
    fixture.componentRef.setInput('messageId', 'msg_2');
    await shows('could not be looked up');
    answers.on('MessageInfo', () => ({ message: sent }));
    root().querySelector<HTMLElement>('[role=alert] button')?.click();
    await shows('wamid.abc');
  });

  it('copies an id, and says so', async () => {
    const writeText = jest.fn(() => Promise.resolve());
    Object.assign(navigator, { clipboard: { writeText } });
    await shows('wamid.abc');
    root().querySelector<HTMLElement>('dd button')?.click();
    await shows('Copied');
    expect(writeText).toHaveBeenCalledWith('wamid.abc');
    writeText.mockRejectedValueOnce(new Error('not allowed'));
    root().querySelector<HTMLElement>('dd button')?.click();
    await shows('does not let the inbox copy');
  });
});
