import { cursorOf } from '../messages/chat-order.ts';
import type { Place } from '../messages/chat-order.ts';
import type { Page } from '../paging.ts';
import { builder } from './builder.ts';

/** A page of any list, and how its items are placed in it. */
export interface PageOf<Item> extends Page<Item> {
  readonly placeOf: (item: Item) => Place;
}

export interface EdgeOf<Item> {
  readonly cursor: string;
  readonly node: Item;
}

export function edgesOf<Item>(page: PageOf<Item>): EdgeOf<Item>[] {
  return page.items.map((node) => ({ cursor: cursorOf(page.placeOf(node)), node }));
}

interface PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly startCursor: string | null;
  readonly endCursor: string | null;
}

export function pageInfoOf<Item>(page: PageOf<Item>): PageInfo {
  const cursorAt = (index: number): string | null => {
    const item = page.items.at(index);
    return item === undefined ? null : cursorOf(page.placeOf(item));
  };
  const { hasNextPage, hasPreviousPage } = page;
  return { hasNextPage, hasPreviousPage, startCursor: cursorAt(0), endCursor: cursorAt(-1) };
}

export const PageInfoType = builder.objectRef<PageInfo>('PageInfo').implement({
  description: 'Where a page stands in its list.',
  fields: (t) => ({
    hasNextPage: t.exposeBoolean('hasNextPage', {
      description: 'There is more after `endCursor`.',
    }),
    hasPreviousPage: t.exposeBoolean('hasPreviousPage', {
      description: 'There is more before `startCursor`.',
    }),
    startCursor: t.exposeString('startCursor', {
      nullable: true,
      description:
        'Cursor of the first item: give it as `before` for the page before. Null when the page is empty.',
    }),
    endCursor: t.exposeString('endCursor', {
      nullable: true,
      description:
        'Cursor of the last item: give it as `after` for the page after. Null when the page is empty.',
    }),
  }),
});

type ArgumentBuilder = Parameters<Parameters<typeof builder.queryField>[1]>[0]['arg'];

/** The arguments of every connection. */
export function pageArguments(argument: ArgumentBuilder) {
  return {
    first: argument.int({
      description: 'How many from the beginning, or after `after`: 1 to 200.',
    }),
    after: argument.string({ description: 'Only what comes after this cursor.' }),
    last: argument.int({ description: 'How many up to the end, or before `before`: 1 to 200.' }),
    before: argument.string({ description: 'Only what comes before this cursor.' }),
  };
}
