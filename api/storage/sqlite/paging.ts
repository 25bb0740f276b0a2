import type { Page, PageRequest } from '../../paging.ts';
import type { Place } from '../../messages/chat-order.ts';

/** One direction of reading a list that ascends: which rows, and how many. */
export interface Slice {
  readonly isForward: boolean;
  readonly size: number;
  readonly after: Place | undefined;
  readonly before: Place | undefined;
}

export function sliceOf(request: PageRequest): Slice {
  const isForward = 'first' in request;
  const size = isForward ? request.first : request.last;
  return { isForward, size, after: request.after, before: request.before };
}

/**
 * The page from the rows read in the slice's direction, one more than its size where there is one.
 * `lies` tells whether anything lies beyond the far side of a cursor.
 */
export function pageOf<Item>(
  slice: Slice,
  rows: readonly Item[],
  lies: { readonly upToAfter: () => boolean; readonly fromBefore: () => boolean },
): Page<Item> {
  const hasMore = rows.length > slice.size;
  const items = rows.slice(0, slice.size);
  if (!slice.isForward) items.reverse();
  const isBeyond = {
    previous: slice.after !== undefined && lies.upToAfter(),
    next: slice.before !== undefined && lies.fromBefore(),
  };
  return {
    items,
    hasNextPage: (slice.isForward && hasMore) || isBeyond.next,
    hasPreviousPage: (!slice.isForward && hasMore) || isBeyond.previous,
  };
}
