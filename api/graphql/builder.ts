import SchemaBuilder from '@pothos/core';
import type { Instant } from '../clock.ts';
import type { GraphQLContext } from './context.ts';

/** Every `*.schema.ts` adds its types here; `schema.ts` makes the schema of them. */
export const builder = new SchemaBuilder<{
  Context: GraphQLContext;
  DefaultFieldNullability: false;
  Scalars: {
    ID: { Input: string; Output: string };
    DateTime: { Input: Instant; Output: Instant };
    PhoneNumber: { Input: string; Output: string };
  };
}>({ defaultFieldNullability: false });

builder.queryType({ description: 'What can be read.' });
builder.mutationType({ description: 'What can be done. Refusals a client can expect are data.' });
builder.subscriptionType({
  description: 'What can be followed live, over WebSocket (graphql-ws) or server-sent events.',
});
