import { join } from 'node:path';
import { runInstances } from '../bench/instances/run.ts';
import { describeOnStreams } from '../kit/mongo/describe-mongo.ts';
import { freshDatabase } from '../kit/mongo/mongo-store.ts';

// The short form of `npm run soak:instances`. A send that was under way at a kill waits for its lease, 30 s.
const timeoutMs = 360_000;

describeOnStreams('two processes that are killed and cut off from their database', (server) => {
  it(
    'lose nothing, double nothing, and tell all subscribers the same',
    async () => {
      const { differences } = await runInstances({
        settings: {
          ...{ seconds: 10, rate: 25, kills: 2, people: 12, subscribers: 2 },
          hasFaults: true,
          seed: 5,
        },
        uri: freshDatabase(server),
        entry: join(__dirname, '../../dist/api/main.js'),
      });
      expect(differences).toEqual([]);
    },
    timeoutMs,
  );
});
