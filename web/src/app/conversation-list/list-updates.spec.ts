import { aConversation, asAnswered, at } from '../../testing/people';
import { createCache } from '../apollo/cache';
import { ConversationListDocument } from '../graphql/graphql';
import type { ConversationFilter, ConversationPartsFragment } from '../graphql/graphql';
import { placeConversation } from './list-updates';

type Cache = ReturnType<typeof createCache>;

interface Page {
  readonly nodes: ConversationPartsFragment[];
  readonly hasNextPage?: boolean;
  readonly after?: string;
}

function writePage(cache: Cache, filter: ConversationFilter, page: Page): void {
  cache.writeQuery({
    query: ConversationListDocument,
    variables: { first: 30, filter, ...(page.after === undefined ? {} : { after: page.after }) },
    data: {
      conversations: {
        nodes: page.nodes.map((node) => asAnswered(node)),
        pageInfo: { hasNextPage: page.hasNextPage ?? false, endCursor: 'end' },
      },
    },
  });
}

function listed(cache: Cache, filter: ConversationFilter = {}) {
  return cache.readQuery({
    query: ConversationListDocument,
    variables: { first: 30, filter },
  })?.conversations.nodes;
}

const idsIn = (cache: Cache, filter: ConversationFilter = {}) =>
  listed(cache, filter)?.map(({ id }) => id);

describe('placeConversation', () => {
  it('adds a new conversation to the list that is loaded', () => {
    const cache = createCache();
    writePage(cache, {}, { nodes: [aConversation('cnv_1')] });
    placeConversation(cache, asAnswered(aConversation('cnv_2')));
    expect(idsIn(cache)?.toSorted()).toEqual(['cnv_1', 'cnv_2']);
  });

  it('changes one that is there, once', () => {
    const cache = createCache();
    writePage(cache, {}, { nodes: [aConversation('cnv_1')] });
    placeConversation(cache, asAnswered(aConversation('cnv_1', { unreadCount: 4 })));
    expect(listed(cache)).toMatchObject([{ id: 'cnv_1', unreadCount: 4 }]);
  });

  it('leaves out what lies below the loaded part', () => {
    const cache = createCache();
    writePage(cache, {}, { nodes: [aConversation('cnv_1')], hasNextPage: true });
    placeConversation(cache, asAnswered(aConversation('cnv_2', { lastActivityAt: at(-60_000) })));
    expect(idsIn(cache)).toEqual(['cnv_1']);
    placeConversation(cache, asAnswered(aConversation('cnv_2', { lastActivityAt: at(60_000) })));
    expect(idsIn(cache)?.toSorted()).toEqual(['cnv_1', 'cnv_2']);
  });

  it('lists under unread only what is unread', () => {
    const cache = createCache();
    writePage(cache, { unreadOnly: true }, { nodes: [] });
    placeConversation(cache, asAnswered(aConversation('cnv_1')));
    expect(idsIn(cache, { unreadOnly: true })).toEqual([]);
    placeConversation(cache, asAnswered(aConversation('cnv_2', { unreadCount: 1 })));
    expect(idsIn(cache, { unreadOnly: true })).toEqual(['cnv_2']);
  });

  it('puts nobody into the results of a search, and makes no list that was not asked for', () => {
    const cache = createCache();
    writePage(cache, { search: 'tom' }, { nodes: [] });
    placeConversation(cache, asAnswered(aConversation('cnv_1')));
    expect(idsIn(cache, { search: 'tom' })).toEqual([]);
    expect(listed(cache)).toBeUndefined();
  });
});

describe('the pages of a list', () => {
  it('join into one, each conversation once', () => {
    const cache = createCache();
    writePage(cache, {}, { nodes: [aConversation('cnv_1'), aConversation('cnv_2')] });
    writePage(cache, {}, { nodes: [aConversation('cnv_2'), aConversation('cnv_3')], after: 'end' });
    expect(idsIn(cache)).toEqual(['cnv_1', 'cnv_2', 'cnv_3']);
  });

  it('begin anew with a page from the start', () => {
    const cache = createCache();
    writePage(cache, {}, { nodes: [aConversation('cnv_1'), aConversation('cnv_2')] });
    writePage(cache, {}, { nodes: [aConversation('cnv_3')] });
    expect(idsIn(cache)).toEqual(['cnv_3']);
  });
});
