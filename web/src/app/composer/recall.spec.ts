import { TestBed } from '@angular/core/testing';
import { Subject } from 'rxjs';
import { aMessage } from '../../testing/people';
import { settled } from '../../testing/settled';
import type { MessagePartsFragment } from '../graphql/graphql';
import { LocalStore } from '../ui/local-store';
import { Drafts } from './drafts';
import { quotedMessage } from '../sending/quoted-message';
import { Recall } from './recall';
import type { FailedMessage } from './recall';
import { SendQueue } from '../sending/send-queue';
import type { SendAnswer } from '../sending/send-queue';
import { Sending } from '../sending/sending';

const refused: SendAnswer = { kind: 'refused', refusal: { title: 'No', advice: 'Not so.' } };

describe('Recall', () => {
  let recall: Recall;
  let drafts: Drafts;
  let queue: SendQueue;
  let sends: string[];
  let retries: string[];
  let accepted: Subject<MessagePartsFragment>;
  let answer: () => Promise<SendAnswer>;
  let reload: () => void;

  beforeEach(() => {
    localStorage.clear();
    sends = [];
    retries = [];
    answer = () => Promise.resolve(refused);
    accepted = new Subject();
    let ids = 0;
    queue = new SendQueue({
      send: (item) => {
        sends.push(`${item.clientMessageId}: ${item.text}`);
        return answer();
      },
      store: new LocalStore(),
      newId: () => `mine ${String((ids += 1))}`,
      now: () => 0,
    });
    const retry = (id: string): Promise<unknown> => {
      retries.push(id);
      return new Promise(() => undefined);
    };
    const openPage = (): void => {
      TestBed.resetTestingModule();
      TestBed.configureTestingModule({
        providers: [
          { provide: LocalStore, useFactory: () => new LocalStore() },
          { provide: SendQueue, useValue: queue },
          { provide: Sending, useValue: { accepted, retry } },
        ],
      });
      recall = TestBed.inject(Recall);
      drafts = TestBed.inject(Drafts);
    };
    reload = openPage;
    openPage();
  });

  const failedMessage = aMessage(2, { direction: 'OUTBOUND', status: 'FAILED', text: 'Open at 9' });

  function lastFailed(messages: readonly MessagePartsFragment[] = []): FailedMessage {
    const failed = recall.lastFailed({ messages, outgoing: queue.items() });
    if (failed === null) throw new Error('None has failed.');
    return failed;
  }
  function bring(messages: readonly MessagePartsFragment[] = [failedMessage]): void {
    recall.bring('cnv_1', lastFailed(messages));
  }
  async function refuse(text: string): Promise<void> {
    queue.add('cnv_1', text);
    await settled();
  }

  it('leaves out what would fail again', () => {
    const error = { code: 131026, title: 'No', advice: '', retryable: false };
    const hopeless = aMessage(2, { direction: 'OUTBOUND', status: 'FAILED', error });
    expect(recall.lastFailed({ messages: [hopeless], outgoing: [] })).toBeNull();
  });

  it('knows the last one that failed: in this browser, else at WhatsApp', async () => {
    const earlier = aMessage(1, { direction: 'OUTBOUND', status: 'FAILED' });
    const sent = aMessage(3, { direction: 'OUTBOUND' });
    expect(recall.lastFailed({ messages: [sent, aMessage(4)], outgoing: [] })).toBeNull();
    expect(lastFailed([earlier, failedMessage, sent]).id).toBe(failedMessage.id);
    await refuse('hello');
    expect(lastFailed([failedMessage])).toMatchObject({ kind: 'waiting', text: 'hello' });
  });

  it('brings its text and what it answers, and puts them away again', () => {
    const replyTo = quotedMessage(aMessage(1));
    bring([{ ...failedMessage, replyTo }]);
    expect([drafts.of('cnv_1'), drafts.quoted('cnv_1')]).toEqual(['Open at 9', replyTo]);
    expect(recall.putAway('cnv_1')).toBe(true);
    expect([drafts.of('cnv_1'), drafts.quoted('cnv_1')]).toEqual(['', null]);
    expect(recall.putAway('cnv_1')).toBe(false);
  });

  it('sends the same as the message that it was', async () => {
    bring();
    expect(recall.sendAgain('cnv_1')).toBe(true);
    expect(retries).toEqual([failedMessage.id]);
    drafts.clear('cnv_1');
    await refuse('hello');
    bring([]);
    expect(recall.sendAgain('cnv_1')).toBe(true);
    expect(sends).toEqual(['mine 1: hello', 'mine 1: hello']);
    expect(recall.sendAgain('cnv_1')).toBe(false);
  });

  it('knows after a reload which message it was', async () => {
    bring();
    reload();
    expect(recall.isUnchanged('cnv_1')).toBe(true);
    expect(recall.sendAgain('cnv_1')).toBe(true);
    expect(retries).toEqual([failedMessage.id]);
    drafts.clear('cnv_1');
    await refuse('hello');
    bring([]);
    reload();
    drafts.keep('cnv_1', 'hello there');
    // In place of the one that failed.
    expect(recall.sendAgain('cnv_1')).toBe(false);
    expect(queue.items()).toEqual([]);
  });

  it('knows which message it was that another window has brought back', () => {
    const otherWindow = new LocalStore();
    drafts.startTyping('cnv_1');
    const replyTo = quotedMessage(aMessage(1));
    const write = jest.spyOn(Storage.prototype, 'setItem').mockImplementation(() => undefined);
    bring([{ ...failedMessage, replyTo }]);
    const kept = write.mock.calls;
    write.mockRestore();
    reload();
    drafts.startTyping('cnv_1');
    for (const [key, value] of kept) {
      otherWindow.write(key.replace('inbox.', ''), value);
      window.dispatchEvent(new StorageEvent('storage', { key }));
    }
    expect(recall.isUnchanged('cnv_1')).toBe(true);
    expect(recall.sendAgain('cnv_1')).toBe(true);
    expect(retries).toEqual([failedMessage.id]);
  });

  it('knows of each chat what is in its field', () => {
    bring();
    recall.bring('cnv_2', { ...lastFailed([failedMessage]), id: 'msg_other', text: 'Until then' });
    expect(recall.isUnchanged('cnv_1')).toBe(true);
    expect(recall.sendAgain('cnv_2')).toBe(true);
    expect(recall.sendAgain('cnv_1')).toBe(true);
    expect(retries).toEqual(['msg_other', failedMessage.id]);
  });

  it('leaves what was changed to be sent on its own, in place of what waited here', async () => {
    bring();
    drafts.keep('cnv_1', 'Open at 10');
    expect(recall.isUnchanged('cnv_1')).toBe(false);
    expect(recall.putAway('cnv_1')).toBe(false);
    expect(recall.sendAgain('cnv_1')).toBe(false);
    expect(retries).toEqual([]);
    expect(recall.lastFailed({ messages: [failedMessage], outgoing: [] })).toBeNull();
    await refuse('hello');
    bring([]);
    drafts.keep('cnv_1', 'hello there');
    expect(recall.sendAgain('cnv_1')).toBe(false);
    expect(queue.items()).toEqual([]);
  });

  it('sends nothing twice that is on its way again by its own button', async () => {
    await refuse('hello');
    bring([]);
    answer = () => new Promise(() => undefined);
    queue.retry('mine 1');
    expect(recall.sendAgain('cnv_1')).toBe(true);
    await settled();
    expect(sends).toHaveLength(2);
  });

  it('empties the field when it went out by its own button, but not of what was written', () => {
    bring();
    accepted.next({ ...failedMessage, status: 'QUEUED' });
    expect(drafts.of('cnv_1')).toBe('');
    bring();
    drafts.keep('cnv_1', 'Open at 10');
    accepted.next({ ...failedMessage, status: 'QUEUED' });
    expect(drafts.of('cnv_1')).toBe('Open at 10');
    expect(recall.sendAgain('cnv_1')).toBe(false);
  });

  it('sends as a new one what was discarded meanwhile', async () => {
    await refuse('hello');
    bring([]);
    queue.discard('mine 1');
    expect(recall.sendAgain('cnv_1')).toBe(false);
  });

  it('knows nothing of another chat, nor of what came after it', () => {
    bring();
    expect(recall.isUnchanged('cnv_2')).toBe(false);
    expect(recall.sendAgain('cnv_2')).toBe(false);
    recall.end('cnv_1');
    expect(recall.isUnchanged('cnv_1')).toBe(false);
  });
});
