import { InMemoryCache } from '@apollo/client';
import type { FieldPolicy, Reference } from '@apollo/client';
import type { SendOutcomeFragment } from '../graphql/graphql';

// Checked against the schema by the compiler: a refusal added there is missed here.
const refusals: Record<Exclude<SendOutcomeFragment['__typename'], 'Message'>, true> = {
  ConflictError: true,
  InvalidInputError: true,
  NotConfiguredError: true,
  NotFoundError: true,
  ServiceWindowClosedError: true,
  StaleConversationError: true,
};

interface StoredPage {
  readonly nodes?: readonly Reference[];
}

/** Pages join into one list; a page asked for without a cursor is the start of a new one. */
const joinedPages: FieldPolicy<StoredPage> = {
  keyArgs: ['filter'],
  merge(existing, incoming, { args }) {
    if (typeof args?.['after'] !== 'string') return incoming;
    const known = existing?.nodes ?? [];
    const refs = new Set(known.map((node) => node.__ref));
    const added = (incoming.nodes ?? []).filter((node) => !refs.has(node.__ref));
    return { ...incoming, nodes: [...known, ...added] };
  },
};

export function createCache(): InMemoryCache {
  return new InMemoryCache({
    possibleTypes: { Error: Object.keys(refusals) },
    typePolicies: {
      Query: {
        fields: {
          conversations: joinedPages,
          conversation: {
            // A conversation that the list has already brought is there without asking.
            read: (existing: Reference | null | undefined, { args, toReference }) =>
              existing === undefined
                ? toReference({ __typename: 'Conversation', id: String(args?.['id']) })
                : existing,
          },
        },
      },
      Health: { keyFields: [] },
      Conversation: { keyFields: ['id'] },
      Contact: { keyFields: ['id'] },
      Message: { keyFields: ['id'] },
    },
  });
}
