/** As a server takes it; what it gives is looked at first. */
export interface StreamToken {
  readonly _data: string;
}

/** Turns resume tokens into cursors and back. */
export interface Cursors {
  cursorOf(token: unknown): string;
  /** Null when the cursor is none of this database, or is spelled otherwise than we spell it. */
  tokenOf(cursor: string): StreamToken | null;
}

/** Six random bytes that every database is given once: cursors of another one are unknown here. */
export const feedNameBytes = 6;

// MongoDB's tokens have some 80 bytes, more where a shard key is long.
const longestCursor = 2_000;

/**
 * A cursor is the name of the feed and the token, as base64url. A token is `{_data: '8263…'}`, in hex. (Beside it a
 * server may put `_typeBits`, where keys are numbers of several types; ours are strings.)
 */
export function createCursors(feed: Buffer): Cursors {
  function cursorOf(token: unknown): string {
    const data = dataOf(token);
    if (data === null) throw new Error('The server gives resume tokens of an unknown form');
    return Buffer.concat([feed, data]).toString('base64url');
  }

  return {
    cursorOf,
    tokenOf(cursor) {
      if (cursor.length > longestCursor) return null;
      const bytes = Buffer.from(cursor, 'base64url');
      if (!bytes.subarray(0, feed.length).equals(feed)) return null;
      const token = { _data: bytes.subarray(feed.length).toString('hex').toUpperCase() };
      return bytes.length > feed.length && cursorOf(token) === cursor ? token : null;
    },
  };
}

function dataOf(token: unknown): Buffer | null {
  if (typeof token !== 'object' || token === null || !('_data' in token)) return null;
  const { _data: data } = token;
  if (typeof data !== 'string' || Object.keys(token).length !== 1) return null;
  return /^([\da-f]{2})+$/i.test(data) ? Buffer.from(data, 'hex') : null;
}
