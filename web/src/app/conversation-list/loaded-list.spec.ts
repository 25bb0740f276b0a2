import { aConversation, at } from '../../testing/people';
import type { ConversationFilter, ConversationPartsFragment } from '../graphql/graphql';
import { emptyList, withChange, withPage } from './loaded-list';
import type { LoadedList } from './loaded-list';

function listOf(
  nodes: ConversationPartsFragment[],
  { filter = {}, isAll = true }: { filter?: ConversationFilter; isAll?: boolean } = {},
): LoadedList {
  return withPage(emptyList(filter), {
    nodes,
    pageInfo: { hasNextPage: !isAll, endCursor: 'next' },
  });
}
const idsOf = ({ items }: LoadedList) => items.map(({ id }) => id);
const older = (id: string) => aConversation(id, { lastActivityAt: at(-60_000) });
const newer = (id: string) => aConversation(id, { lastActivityAt: at(60_000) });

describe('a list of conversations', () => {
  it('grows by pages, in order, without repeating anybody', () => {
    const first = listOf([newer('cnv_3'), aConversation('cnv_2')], { isAll: false });
    expect(first.nextCursor).toBe('next');
    const all = withPage(first, {
      nodes: [aConversation('cnv_2'), older('cnv_1')],
      pageInfo: { hasNextPage: false, endCursor: 'end' },
    });
    expect(idsOf(all)).toEqual(['cnv_3', 'cnv_2', 'cnv_1']);
    expect(all.nextCursor).toBeNull();
  });

  it('takes in a new conversation', () => {
    expect(idsOf(withChange(listOf([aConversation('cnv_1')]), newer('cnv_2')))).toEqual([
      'cnv_2',
      'cnv_1',
    ]);
  });

  it('has one in place of those that were joined into it', () => {
    const list = listOf([newer('cnv_3'), aConversation('cnv_2'), older('cnv_1')]);
    const joined = aConversation('cnv_1', { formerIds: ['cnv_2'], lastActivityAt: at(120_000) });
    expect(idsOf(withChange(list, joined))).toEqual(['cnv_1', 'cnv_3']);
    const listed = aConversation('cnv_4', { formerIds: ['cnv_3'], lastActivityAt: at(60_000) });
    expect(idsOf(withChange(list, listed))).toEqual(['cnv_4', 'cnv_2', 'cnv_1']);
  });

  it('moves one that changed to its place', () => {
    const list = listOf([newer('cnv_3'), aConversation('cnv_2'), older('cnv_1')]);
    const changed = withChange(list, aConversation('cnv_1', { lastActivityAt: at(120_000) }));
    expect(idsOf(changed)).toEqual(['cnv_1', 'cnv_3', 'cnv_2']);
  });

  it('puts one in where it belongs by its time, wherever that is', () => {
    const ids = Array.from({ length: 9 }, (_, n) => `cnv_${String(n)}`);
    const all = ids.map((id, n) => aConversation(id, { lastActivityAt: at(n * 1000) }));
    for (const conversation of all) {
      const others = listOf(all.filter(({ id }) => id !== conversation.id));
      expect(idsOf(withChange(others, conversation))).toEqual(ids.toReversed());
    }
  });

  it('leaves out what lies further down than what is loaded', () => {
    const part = listOf([aConversation('cnv_5')], { isAll: false });
    expect(withChange(part, older('cnv_1'))).toBe(part);
    expect(idsOf(withChange(part, newer('cnv_1')))).toEqual(['cnv_1', 'cnv_5']);
  });

  it('of the unread takes in only the unread, and keeps what was just read', () => {
    const unread = listOf([aConversation('cnv_1', { unreadCount: 2 })], {
      filter: { unreadOnly: true },
    });
    expect(withChange(unread, newer('cnv_2'))).toBe(unread);
    const two = withChange(unread, aConversation('cnv_2', { unreadCount: 1 }));
    expect(idsOf(two)).toEqual(['cnv_2', 'cnv_1']);
    expect(idsOf(withChange(two, aConversation('cnv_1')))).toEqual(['cnv_2', 'cnv_1']);
  });

  it('of a search takes in nobody: whom it finds only the server knows', () => {
    const found = listOf([aConversation('cnv_1')], { filter: { search: 'ama' } });
    expect(withChange(found, newer('cnv_2'))).toBe(found);
    expect(withChange(found, newer('cnv_1')).items[0]?.lastActivityAt).toBe(at(60_000));
  });
});
