import { TestBed } from '@angular/core/testing';
import { Answers } from '../../testing/answers';
import { deferred, settled } from '../../testing/settled';
import { LateApollo } from './late-apollo';

const counted = (totalUnread: number) => ({ conversations: { totalUnread } });

describe('LateApollo', () => {
  let answers: Answers;
  let apollo: LateApollo;

  beforeEach(() => {
    answers = new Answers().on('UnreadTotal', () => counted(3));
    TestBed.configureTestingModule({ providers: [answers.provide()] });
    apollo = TestBed.inject(LateApollo);
  });
  const count = async () => {
    const { conversations } = await apollo.query((of) => of.UnreadTotalDocument, {});
    return conversations.totalUnread;
  };

  it('is not there before it is asked, and answers whatever was asked meanwhile', async () => {
    expect(apollo.cache).toBeNull();
    await expect(Promise.all([count(), count()])).resolves.toEqual([3, 3]);
    expect(apollo.cache).not.toBeNull();
  });

  it('asks anew though the same question is under way', async () => {
    await apollo.client();
    const first = deferred<unknown>();
    answers.on('UnreadTotal', () => first.promise);
    const before = count();
    await settled();
    answers.on('UnreadTotal', () => counted(4));
    expect(await count()).toBe(4);
    first.resolve(counted(3));
    expect(await before).toBe(3);
  });

  it('fails as a question without an answer does', async () => {
    answers.on('UnreadTotal', () => Promise.reject(new TypeError('Failed to fetch')));
    await expect(count()).rejects.toThrow('Failed to fetch');
  });
});
