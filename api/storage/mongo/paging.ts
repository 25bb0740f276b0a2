import type { Filter, Sort } from 'mongodb';
import type { Place } from '../../messages/chat-order.ts';
import type { Page, PageRequest } from '../../paging.ts';

/** Reads a list in one of its directions, between two places of it. */
export type ReadPlaces<Item> = (between: {
  readonly isForward: boolean;
  /** Strictly beyond this one, or with it. */
  readonly from?: Place | undefined;
  readonly to?: Place | undefined;
  readonly isInclusive?: boolean;
  readonly limit: number;
}) => Promise<readonly Item[]>;

/** One more than the page is read, and whether anything lies beyond the far side of its cursors. */
export async function readPage<Item>(
  request: PageRequest,
  read: ReadPlaces<Item>,
): Promise<Page<Item>> {
  const { after, before } = request;
  const isForward = 'first' in request;
  const size = isForward ? request.first : request.last;
  const [from, to] = isForward ? [after, before] : [before, after];
  const beyond = async (place: Place | undefined, forward: boolean) => {
    if (place === undefined) return false;
    const found = await read({ isForward: forward, from: place, isInclusive: true, limit: 1 });
    return found.length > 0;
  };
  const [found, isAfterBeyond, isBeforeBeyond] = await Promise.all([
    read({ isForward, from, to, limit: size + 1 }),
    beyond(after, false),
    beyond(before, true),
  ]);
  const hasMore = found.length > size;
  const items = found.slice(0, size);
  if (!isForward) items.reverse();
  return {
    items,
    hasNextPage: (isForward && hasMore) || isBeforeBeyond,
    hasPreviousPage: (!isForward && hasMore) || isAfterBeyond,
  };
}

/** Beyond a place in the order of (`second`, _id); the range of the first field is what an index begins with. */
export function beyondPlace<Schema>(
  field: string & keyof Schema,
  { second, id }: Place,
  way: { readonly isUp: boolean; readonly isInclusive: boolean },
): Filter<Schema> {
  const [further, orAt] = way.isUp ? ['$gt', '$gte'] : ['$lt', '$lte'];
  // The driver's types do not follow a field that is computed.
  const filter: object = {
    [field]: { [orAt]: second },
    $or: [{ [field]: { [further]: second } }, { _id: { [way.isInclusive ? orAt : further]: id } }],
  };
  return filter;
}

export function byPlace(field: string, isUp: boolean): Sort {
  const direction = isUp ? 1 : -1;
  return { [field]: direction, _id: direction };
}
