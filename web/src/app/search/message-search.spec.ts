import { TestBed } from '@angular/core/testing';
import { NEVER } from 'rxjs';
import { Answers } from '../../testing/answers';
import { deferred, eventually } from '../../testing/settled';
import { LiveUpdates } from '../connection/live-updates';
import { MessageSearch } from './message-search';

function answer(numbers: number[], hasPreviousPage = false) {
  return {
    messages: {
      edges: numbers.map((n) => ({ cursor: `c${String(n)}`, node: { id: `msg_${String(n)}` } })),
      pageInfo: { hasPreviousPage, startCursor: `c${String(numbers[0])}` },
    },
  };
}

describe('MessageSearch', () => {
  let answers: Answers;
  let search: MessageSearch;

  beforeEach(() => {
    answers = new Answers();
    const live = new LiveUpdates({ open: () => NEVER, head: () => Promise.resolve(null) });
    TestBed.configureTestingModule({
      providers: [answers.provide(), { provide: LiveUpdates, useValue: live }],
    });
    search = TestBed.inject(MessageSearch);
  });
  const ids = () => search.hits().map(({ node }) => node.id);

  it('lists hits newest first, and older ones after them', async () => {
    answers.on('MessageSearch', ({ before }) =>
      before === null ? answer([3, 4], true) : answer([1, 2]),
    );
    await search.find('desk');
    expect(ids()).toEqual(['msg_4', 'msg_3']);
    expect(search.hasMore()).toBe(true);
    await search.load();
    expect(ids()).toEqual(['msg_4', 'msg_3', 'msg_2', 'msg_1']);
    expect(answers.asked.at(-1)?.variables).toMatchObject({ search: 'desk', before: 'c3' });
    expect(search.hasMore()).toBe(false);
  });

  it('asks again by itself what failed, once the server is there again', async () => {
    answers.on('MessageSearch', () => Promise.reject(new Error('no connection')));
    await search.find('desk');
    expect(search.state()).toBe('failed');
    answers.on('MessageSearch', () => answer([7]));
    TestBed.inject(LiveUpdates).connected();
    await eventually(() => {
      expect(ids()).toEqual(['msg_7']);
    });
  });

  it('takes the answer to the last question only', async () => {
    const slow = deferred<unknown>();
    answers.on('MessageSearch', (variables) =>
      variables['search'] === 'de' ? slow.promise : answer([7]),
    );
    const first = search.find('de');
    await search.find('desk');
    slow.resolve(answer([1]));
    await first;
    expect(ids()).toEqual(['msg_7']);
  });

  it('asks nothing for nothing, and forgets what was found', async () => {
    answers.on('MessageSearch', () => answer([1]));
    await search.find('desk');
    await search.find('');
    expect(ids()).toEqual([]);
    expect(search.state()).toBe('idle');
    expect(answers.asked).toHaveLength(1);
  });

  it('tells of a failure and asks the same again', async () => {
    answers.on('MessageSearch', () => Promise.reject(new Error('no connection')));
    await search.find('desk');
    expect(search.state()).toBe('failed');
    answers.on('MessageSearch', () => answer([1]));
    await search.load();
    expect(search.state()).toBe('ready');
    expect(ids()).toEqual(['msg_1']);
  });
});
