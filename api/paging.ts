import type { Place } from './messages/chat-order.ts';

/** A slice of an ordered list. `first` reads forward from `after`, `last` backward from `before`. */
export type PageRequest =
  | {
      readonly first: number;
      readonly after?: Place | undefined;
      readonly before?: Place | undefined;
    }
  | {
      readonly last: number;
      readonly before?: Place | undefined;
      readonly after?: Place | undefined;
    };

/** Items in the order of the list, whichever end they were read from. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

export const maxPageSize = 200;
export const defaultPageSize = 50;
