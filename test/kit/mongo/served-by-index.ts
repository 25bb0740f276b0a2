import { isDeepStrictEqual } from 'node:util';
import type { Document, IndexDescription } from 'mongodb';
import type { Query } from './mongo-queries.ts';

/**
 * Whether one of the indexes serves the query by MongoDB's rules: the query has something to say of the index's first
 * field, or its order is that of the index; what a partial index leaves out is left out by the query; and after the
 * fields that are equal the index goes on with the order that is asked for, so that nothing is sorted in memory.
 */
export function isServed(query: Query, indexes: readonly IndexDescription[]): boolean {
  const byId: IndexDescription = { name: '_id_', key: { _id: 1 } };
  const branches = query.filter['$or'] as Document[] | undefined;
  if (branches !== undefined && Object.keys(query.filter).length === 1)
    return branches.every((filter) => isServed({ ...query, filter }, indexes));
  const conditions = conditionsOf(query.filter);
  return [byId, ...indexes].some(
    (index) => coversPartial(index, conditions) && fits(index, conditions, query.sort),
  );
}

type Conditions = ReadonlyMap<string, readonly unknown[]>;

function conditionsOf(filter: Document): Conditions {
  const found = new Map<string, unknown[]>();
  const collect = (part: Document): void => {
    for (const [path, condition] of Object.entries(part)) {
      if (path === '$and') for (const each of condition as Document[]) collect(each);
      else if (!path.startsWith('$')) found.set(path, [...(found.get(path) ?? []), condition]);
    }
  };
  collect(filter);
  return found;
}

function isEquality(condition: unknown): boolean {
  if (typeof condition !== 'object' || condition === null) return true;
  return !Object.keys(condition).some((key) => key.startsWith('$')) || '$eq' in condition;
}

/** Says that the field is there. */
function wantsPresence(condition: unknown): boolean {
  if (condition === null) return false;
  return typeof condition !== 'object' || !('$exists' in condition) || condition.$exists === true;
}

function coversPartial(index: IndexDescription, conditions: Conditions): boolean {
  const isAsked = (path: string) => (conditions.get(path) ?? []).some(wantsPresence);
  if (index.sparse === true && !Object.keys(index.key).some(isAsked)) return false;
  return Object.entries(index.partialFilterExpression ?? {}).every(([path, limit]) => {
    const given = conditions.get(path) ?? [];
    const isPresence = typeof limit === 'object' && limit !== null && '$exists' in limit;
    return given.some((condition) =>
      isPresence ? wantsPresence(condition) : JSON.stringify(condition) === JSON.stringify(limit),
    );
  });
}

function fits(index: IndexDescription, conditions: Conditions, sort: Query['sort']): boolean {
  const key = Object.entries(index.key as Record<string, number>);
  const [first] = key;
  if (first === undefined) return false;
  if (sort.length === 0) return conditions.has(first[0]);
  let at = 0;
  const isEqual = (path: string) => (conditions.get(path) ?? []).some(isEquality);
  while (at < key.length && isEqual(key[at]?.[0] ?? '')) at += 1;
  const rest = key.slice(at, at + sort.length);
  const isOrder = (turn: number) =>
    isDeepStrictEqual(
      rest.map(([path, way]) => [path, way * turn]),
      sort,
    );
  return isOrder(1) || isOrder(-1);
}
