import { InMemoryCache } from '@apollo/client';
import type { Reference } from '@apollo/client';
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

export function createCache(): InMemoryCache {
  return new InMemoryCache({
    possibleTypes: { Error: Object.keys(refusals) },
    typePolicies: {
      Query: {
        fields: {
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
