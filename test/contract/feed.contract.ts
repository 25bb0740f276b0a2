import { describeInterleavings } from './feed/interleavings.contract.ts';
import { describeSlowReaders } from './feed/slow-readers.contract.ts';
import { describeStreams } from './feed/streams.contract.ts';
import type { OpenFeed } from './feed/feed-under-test.ts';

/** What every event feed keeps (docs/guarantees.md), through the port alone. */
export function describeFeed(name: string, open: OpenFeed): void {
  describe(`${name} as an event feed`, () => {
    describeStreams(open);
    describeSlowReaders(open);
    describeInterleavings(open);
  });
}
