import { dataUri, streamsUri } from './mongo-store.ts';

/** Suites that need a server: skipped, by name, where the environment names none. */
export function describeOnMongo(name: string, suite: (server: string) => void): void {
  describeOn(dataUri, name, suite);
}

/** Those that need change streams. */
export function describeOnStreams(name: string, suite: (server: string) => void): void {
  describeOn(streamsUri, name, suite);
}

function describeOn(
  server: string | undefined,
  name: string,
  suite: (server: string) => void,
): void {
  if (server !== undefined) {
    // A server on the same busy machine may need ten times what an own file does.
    jest.setTimeout(60_000);
    describe(name, () => {
      suite(server);
    });
    return;
  }
  describe.skip(name, () => {
    it('needs a server: see MONGODB_TEST_URI in CONTRIBUTING.md', () => undefined);
  });
}
