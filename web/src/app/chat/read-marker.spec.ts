import { deferred, settled } from '../../testing/settled';
import { ReadMarker } from './read-marker';
import type { Sight } from './read-marker';

describe('ReadMarker', () => {
  let marked: string[];
  let answer: () => Promise<boolean>;
  let marker: ReadMarker;

  beforeEach(() => {
    jest.useFakeTimers();
    marked = [];
    answer = () => Promise.resolve(true);
    marker = new ReadMarker({
      mark: (id) => {
        marked.push(id);
        return answer();
      },
    });
  });
  afterEach(() => {
    marker.close();
    jest.useRealTimers();
  });

  const see = (change: Partial<Sight> = {}): Promise<void> => {
    marker.see({ isWatched: true, unreadCount: 1, newestId: 'msg_1', ...change });
    return settled();
  };

  it('marks what is before the reader', async () => {
    await see();
    expect(marked).toEqual(['msg_1']);
  });

  it('marks nothing while nobody watches, nothing is unread or nothing is loaded', async () => {
    await see({ isWatched: false });
    await see({ unreadCount: 0 });
    await see({ newestId: null });
    expect(marked).toEqual([]);
  });

  it('marks when the reader comes back', async () => {
    await see({ isWatched: false });
    await see();
    expect(marked).toEqual(['msg_1']);
  });

  it('asks once for each state, even when some stay unread', async () => {
    await see();
    await see();
    expect(marked).toEqual(['msg_1']);
    await see({ newestId: 'msg_2' });
    expect(marked).toEqual(['msg_1', 'msg_2']);
  });

  it('marks one that came late, before others, by its count', async () => {
    await see();
    await see({ unreadCount: 0 });
    await see({ unreadCount: 2 });
    expect(marked).toEqual(['msg_1', 'msg_1']);
  });

  it('marks what came while it was asking', async () => {
    const first = deferred<boolean>();
    answer = () => first.promise;
    await see();
    answer = () => Promise.resolve(true);
    await see({ newestId: 'msg_2', unreadCount: 2 });
    expect(marked).toEqual(['msg_1']);
    first.resolve(true);
    await settled();
    expect(marked).toEqual(['msg_1', 'msg_2']);
  });

  it('tries again after a failure, and not once the reader has left', async () => {
    answer = () => Promise.resolve(false);
    await see();
    await jest.advanceTimersByTimeAsync(300);
    expect(marked).toEqual(['msg_1', 'msg_1']);
    await see({ isWatched: false });
    await jest.advanceTimersByTimeAsync(60_000);
    expect(marked).toHaveLength(2);
  });

  it('stops when the chat is closed', async () => {
    answer = () => Promise.resolve(false);
    await see();
    marker.close();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(marked).toHaveLength(1);
  });
});
