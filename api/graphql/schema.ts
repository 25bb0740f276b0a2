import '../contacts/contacts.schema.ts';
import '../conversations/conversation-operations.schema.ts';
import '../conversations/conversations.schema.ts';
import '../events/events.schema.ts';
import '../health/health.schema.ts';
import '../messages/message-queries.schema.ts';
import '../messages/messages.schema.ts';
import '../messages/sending.schema.ts';
import { lexicographicSortSchema, printSchema } from 'graphql';
import type { GraphQLSchema } from 'graphql';
import { builder } from './builder.ts';
import './node.schema.ts';
import './scalars.schema.ts';

/** The executable schema, made of every `*.schema.ts`. */
export function createSchema(): GraphQLSchema {
  return builder.toSchema();
}

/** The text of `schema.graphql`. */
export function printedSchema(): string {
  return `${printSchema(lexicographicSortSchema(createSchema()))}\n`;
}
