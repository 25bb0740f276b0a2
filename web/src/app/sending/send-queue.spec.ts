import { deferred, settled } from '../../testing/settled';
import { aMessage } from '../../testing/people';
import { LocalStore } from '../ui/local-store';
import { quotedMessage } from './quoted-message';
import { SendQueue } from './send-queue';
import type { Outgoing, SendAnswer, SendQueueOptions } from './send-queue';

const accepted: SendAnswer = { kind: 'accepted', messageId: 'msg_1' };
const refusal = { title: 'Closed', advice: 'Wait for the customer.' };

describe('SendQueue', () => {
  let sent: Outgoing[];
  let answer: (item: Outgoing) => Promise<SendAnswer>;
  let ids: number;

  beforeEach(() => {
    jest.useFakeTimers();
    localStorage.clear();
    sent = [];
    ids = 0;
    answer = () => Promise.resolve(accepted);
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  /** A queue of a page: several share the browser's storage, as after a reload. */
  function queueOfPage(inTurn?: SendQueueOptions['inTurn']): SendQueue {
    return new SendQueue({
      ...(inTurn === undefined ? {} : { inTurn }),
      send: (item) => {
        sent.push(item);
        return answer(item);
      },
      store: new LocalStore(),
      newId: () => `client-${String((ids += 1))}`,
      now: () => 1000 + ids,
    });
  }
  const texts = (): string[] => sent.map(({ text }) => text);

  it('sends at once and forgets what was accepted', async () => {
    const queue = queueOfPage();
    queue.add('cnv_1', 'hello');
    expect(queue.items()).toHaveLength(1);
    await settled();
    expect(texts()).toEqual(['hello']);
    expect(queue.items()).toEqual([]);
    expect(new LocalStore().keys()).toEqual([]);
  });

  it('sends one at a time, in order', async () => {
    const first = deferred<SendAnswer>();
    answer = () => first.promise;
    const queue = queueOfPage();
    queue.add('cnv_1', 'one');
    queue.add('cnv_1', 'two');
    await settled();
    expect(texts()).toEqual(['one']);
    first.resolve(accepted);
    answer = () => Promise.resolve(accepted);
    await settled();
    expect(texts()).toEqual(['one', 'two']);
  });

  it('asks again under the same id until there is an answer, and keeps the order', async () => {
    let failures = 3;
    answer = () => Promise.resolve(failures-- > 0 ? { kind: 'no-answer' } : accepted);
    const queue = queueOfPage();
    queue.add('cnv_1', 'one');
    queue.add('cnv_1', 'two');
    await jest.advanceTimersByTimeAsync(60_000);
    expect(texts()).toEqual(['one', 'one', 'one', 'one', 'two']);
    expect(new Set(sent.slice(0, 4).map((item) => item.clientMessageId)).size).toBe(1);
    expect(queue.items()).toEqual([]);
  });

  it('holds up its own chat alone where the server has no answer to one', async () => {
    answer = ({ text }) =>
      Promise.resolve(text.startsWith('hard') ? { kind: 'no-answer' } : accepted);
    const queue = queueOfPage();
    queue.add('cnv_1', 'hard 1');
    queue.add('cnv_1', 'behind it');
    queue.add('cnv_2', 'hard 2');
    queue.add('cnv_3', 'easy');
    await jest.advanceTimersByTimeAsync(60_000);
    expect(texts().slice(0, 5)).toEqual(['hard 1', 'hard 2', 'easy', 'hard 1', 'hard 2']);
    expect(queue.items().map(({ text }) => text)).toEqual(['hard 1', 'behind it', 'hard 2']);
  });

  it('sends at once in one chat while another one waits for its next try', async () => {
    answer = ({ text }) => Promise.resolve(text === 'hard' ? { kind: 'no-answer' } : accepted);
    const queue = queueOfPage();
    queue.add('cnv_1', 'hard');
    await jest.advanceTimersByTimeAsync(20_000);
    sent = [];
    queue.add('cnv_2', 'easy');
    await settled();
    expect(texts()[0]).toBe('easy');
  });

  it('goes on at once when the connection is back', async () => {
    answer = () => Promise.resolve({ kind: 'no-answer' });
    const queue = queueOfPage();
    queue.add('cnv_1', 'one');
    await settled();
    answer = () => Promise.resolve(accepted);
    queue.resume();
    await settled();
    expect(texts()).toEqual(['one', 'one']);
    expect(queue.items()).toEqual([]);
  });

  it('keeps a refused one with its reason, and does not hold back the next', async () => {
    answer = (item) =>
      Promise.resolve(item.text === 'one' ? { kind: 'refused', refusal } : accepted);
    const queue = queueOfPage();
    queue.add('cnv_1', 'one');
    queue.add('cnv_1', 'two');
    await settled();
    expect(queue.items()).toMatchObject([{ text: 'one', refusal }]);
    expect(texts()).toEqual(['one', 'two']);
  });

  it('sends a refused one again only when asked, under the same id', async () => {
    answer = () => Promise.resolve({ kind: 'refused', refusal });
    const queue = queueOfPage();
    queue.add('cnv_1', 'one');
    await settled();
    queue.resume();
    await settled();
    expect(sent).toHaveLength(1);
    answer = () => Promise.resolve(accepted);
    queue.retry('client-1');
    await settled();
    expect(sent.map((item) => item.clientMessageId)).toEqual(['client-1', 'client-1']);
    expect(queue.items()).toEqual([]);
  });

  it('goes on after a reload with what was not confirmed, oldest first', async () => {
    answer = () => new Promise(() => undefined);
    const before = queueOfPage();
    before.add('cnv_1', 'one');
    before.add('cnv_2', 'two');
    await settled();
    answer = () => Promise.resolve(accepted);
    sent = [];
    const after = queueOfPage();
    expect(after.items().map(({ text }) => text)).toEqual(['one', 'two']);
    after.resume();
    await settled();
    expect(sent.map((item) => item.clientMessageId)).toEqual(['client-1', 'client-2']);
  });

  it('sends what a window has left that was closed', async () => {
    answer = () => new Promise(() => undefined);
    const open = queueOfPage();
    open.resume();
    queueOfPage().add('cnv_1', 'left');
    await settled();
    answer = () => Promise.resolve(accepted);
    sent = [];
    open.reload();
    await settled();
    expect(texts()).toEqual(['left']);
  });

  it('shows a refused one after a reload and sends it not by itself', async () => {
    answer = () => Promise.resolve({ kind: 'refused', refusal });
    queueOfPage().add('cnv_1', 'one');
    await settled();
    const after = queueOfPage();
    after.resume();
    await settled();
    expect(sent).toHaveLength(1);
    expect(after.items()).toMatchObject([{ refusal }]);
  });

  it('is confirmed by the message itself, whatever the answer says', async () => {
    const late = deferred<SendAnswer>();
    answer = () => late.promise;
    const queue = queueOfPage();
    queue.add('cnv_1', 'one');
    await settled();
    queue.confirm('client-1', 'msg_1');
    expect(queue.items()).toEqual([]);
    late.resolve({ kind: 'refused', refusal });
    await settled();
    expect(queue.items()).toEqual([]);
  });

  it('goes over to the chat that its own was joined into, also while it is sent', async () => {
    const first = deferred<SendAnswer>();
    answer = () => first.promise;
    const queue = queueOfPage();
    queue.add('cnv_1', 'one');
    await settled();
    queue.move('cnv_1', 'cnv_2');
    first.resolve({ kind: 'refused', refusal });
    await settled();
    for (const { items } of [queue, queueOfPage()])
      expect(items()).toMatchObject([{ conversationId: 'cnv_2', refusal }]);
  });

  it('discards for good', async () => {
    answer = () => Promise.resolve({ kind: 'refused', refusal });
    const queue = queueOfPage();
    queue.add('cnv_1', 'one');
    await settled();
    queue.discard('client-1');
    expect(queue.items()).toEqual([]);
    expect(queueOfPage().items()).toEqual([]);
  });

  it('waits while signed out and goes on after', async () => {
    answer = () => Promise.resolve({ kind: 'no-answer' });
    const queue = queueOfPage();
    queue.add('cnv_1', 'one');
    await settled();
    queue.pause();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(sent).toHaveLength(1);
    answer = () => Promise.resolve(accepted);
    queue.resume();
    await settled();
    expect(queue.items()).toEqual([]);
  });

  describe('past which message it sends', () => {
    const knew = { expectedLastMessageId: 'theirs' };
    const expected = (): (string | null)[] => sent.map((item) => item.expectedLastMessageId);
    const acceptAs = (...ids: string[]): void => {
      answer = () => Promise.resolve({ kind: 'accepted', messageId: ids.shift() ?? 'more' });
    };

    it('is the one that its writer knew, or our own that followed it', async () => {
      acceptAs('ours-1', 'ours-2', 'ours-3');
      const queue = queueOfPage();
      queue.add('cnv_1', 'one', knew);
      queue.add('cnv_1', 'two', knew);
      queue.add('cnv_2', 'elsewhere', { expectedLastMessageId: 'other' });
      await settled();
      // The event that tells of the others is late.
      queue.add('cnv_1', 'three', knew);
      await settled();
      expect(expected()).toEqual(['theirs', 'ours-1', 'other', 'ours-2']);
    });

    it('is our own after a reload, too, also when an event confirmed that', () => {
      answer = () => new Promise(() => undefined);
      const queue = queueOfPage();
      queue.add('cnv_1', 'one', knew);
      queue.add('cnv_1', 'two', knew);
      queue.confirm('client-1', 'ours-1');
      expect(queueOfPage().items()).toMatchObject([{ expectedLastMessageId: 'ours-1' }]);
    });

    it('is the one that it was held back for, once a person has said so', async () => {
      const stale = { ...refusal, newerMessageId: 'newer' };
      answer = () => Promise.resolve({ kind: 'refused', refusal: stale });
      const queue = queueOfPage();
      queue.add('cnv_1', 'one', knew);
      queue.add('cnv_1', 'two', knew);
      await settled();
      expect(queue.items()).toMatchObject([{ refusal: stale }, { refusal: stale }]);
      acceptAs('ours-1');
      queue.retry('client-1');
      await settled();
      expect(expected()).toEqual(['theirs', 'theirs', 'newer']);
      expect(queue.items()).toMatchObject([{ text: 'two', refusal: stale }]);
    });
  });

  describe('beside other pages of the browser', () => {
    /** One of the pages at a time, in the order of asking. */
    function turns() {
      let last: Promise<unknown> = Promise.resolve();
      return <T>(work: () => Promise<T>): Promise<T> => {
        const turn = last.then(work);
        last = turn.catch(() => undefined);
        return turn;
      };
    }

    it('sends each once and the oldest first, whoever wrote it', async () => {
      const inTurn = turns();
      const [one, other] = [queueOfPage(inTurn), queueOfPage(inTurn)];
      const first = deferred<SendAnswer>();
      answer = () => first.promise;
      one.add('cnv_1', 'one');
      await settled();
      other.add('cnv_1', 'two');
      one.add('cnv_1', 'three');
      other.resume();
      await settled();
      expect(texts()).toEqual(['one']);
      answer = () => Promise.resolve(accepted);
      first.resolve(accepted);
      await settled();
      await settled();
      expect(texts()).toEqual(['one', 'two', 'three']);
      expect([one, other].flatMap((queue) => queue.items())).toEqual([]);
    });

    it('does not send what another page has sent or discarded meanwhile', async () => {
      answer = () => new Promise(() => undefined);
      const before = queueOfPage();
      before.add('cnv_1', 'one');
      before.add('cnv_1', 'two');
      const after = queueOfPage();
      before.confirm('client-1', 'msg_1');
      before.discard('client-2');
      answer = () => Promise.resolve(accepted);
      sent = [];
      after.resume();
      await settled();
      expect(sent).toEqual([]);
      expect(after.items()).toEqual([]);
    });
  });

  it('keeps the order of what was written in one millisecond', () => {
    answer = () => new Promise(() => undefined);
    const queue = queueOfPage();
    ids = 30;
    queue.add('cnv_1', 'one');
    ids = 10;
    queue.add('cnv_1', 'two');
    expect(
      queueOfPage()
        .items()
        .map(({ text }) => text),
    ).toEqual(['one', 'two']);
  });

  it('keeps what a message answers through a reload', () => {
    const quoted = quotedMessage(aMessage(1));
    answer = () => new Promise(() => undefined);
    queueOfPage().add('cnv_1', 'one', { replyTo: quoted });
    expect(queueOfPage().items()).toMatchObject([{ text: 'one', replyTo: quoted }]);
  });

  it('takes over what an older version of the app kept, which knew no answers', () => {
    const kept = { clientMessageId: 'a', conversationId: 'cnv_1', text: 'one', createdAtMs: 1 };
    new LocalStore().write('unsent.a', JSON.stringify(kept));
    expect(queueOfPage().items()).toEqual([
      { ...kept, replyTo: null, expectedLastMessageId: null, refusal: null },
    ]);
  });

  it('passes over what another version of the app left behind', () => {
    const store = new LocalStore();
    store.write('unsent.a', 'not json');
    store.write('unsent.b', '{"text":1}');
    store.write('unsent.c', 'null');
    expect(queueOfPage().items()).toEqual([]);
  });
});
