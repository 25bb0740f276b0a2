import { badUserInput } from './bad-user-input.ts';
import { parseCursor } from '../messages/chat-order.ts';
import type { Place, PlacedKind } from '../messages/chat-order.ts';
import { defaultPageSize, maxPageSize } from '../paging.ts';
import type { PageRequest } from '../paging.ts';

export interface PageArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
}

/** What lists differ in. */
export interface PagedList {
  readonly kind: PlacedKind;
  /** Without `first` and `last`, a page of the default size from this end. */
  readonly defaultEnd: 'first' | 'last';
}

export const conversationList: PagedList = { kind: 'cnv', defaultEnd: 'first' };
export const messageList: PagedList = { kind: 'msg', defaultEnd: 'last' };

export function pageRequest(page: PageArguments, { kind, defaultEnd }: PagedList): PageRequest {
  const first = pageSize(page, 'first');
  const last = pageSize(page, 'last');
  const places = { after: place(page, 'after', kind), before: place(page, 'before', kind) };
  if (first !== null && last !== null) {
    throw badUserInput('last', 'Give either `first` or `last`, not both.');
  }
  if (first !== null) return { first, ...places };
  if (last !== null) return { last, ...places };
  return defaultEnd === 'first'
    ? { first: defaultPageSize, ...places }
    : { last: defaultPageSize, ...places };
}

function pageSize(page: PageArguments, name: 'first' | 'last'): number | null {
  const size = page[name] ?? null;
  if (size !== null && (size < 1 || size > maxPageSize)) {
    throw badUserInput(
      name,
      `\`${name}\` has to be from 1 to ${maxPageSize}; it is ${size}. Read further pages with a cursor.`,
    );
  }
  return size;
}

function place(page: PageArguments, name: 'after' | 'before', kind: PlacedKind): Place | undefined {
  const cursor = page[name] ?? null;
  if (cursor === null) return undefined;
  const found = parseCursor(cursor, kind);
  if (found !== null) return found;
  throw badUserInput(
    name,
    `\`${name}\` is not a cursor of this list. Use one from \`pageInfo\` or \`edges\`, or leave it out to start at the end.`,
  );
}
