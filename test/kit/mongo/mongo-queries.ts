import type { CommandStartedEvent, Document } from 'mongodb';

/** What a command looks for. */
export interface Query {
  readonly collection: string;
  readonly filter: Document;
  readonly sort: readonly (readonly [string, number])[];
}

/** The queries in a command that was sent. */
export function queriesOf({ commandName, command }: CommandStartedEvent): Query[] {
  const collection = String(command[commandName]);
  const query = (filter: unknown = {}, sort: unknown = {}): Query => ({
    collection,
    filter: filter as Document,
    sort:
      sort instanceof Map
        ? [...(sort as Map<string, number>)]
        : Object.entries(sort as Record<string, number>),
  });
  switch (commandName) {
    case 'find':
      return [query(command['filter'], command['sort'])];
    case 'findAndModify':
      return [query(command['query'], command['sort'])];
    case 'update':
      return (command['updates'] as Document[]).map(({ q }) => query(q));
    case 'delete':
      return (command['deletes'] as Document[]).map(({ q }) => query(q));
    case 'aggregate': {
      const [first] = command['pipeline'] as Document[];
      return first?.['$changeStream'] === undefined ? [query(first?.['$match'])] : [];
    }
    default:
      return [];
  }
}
