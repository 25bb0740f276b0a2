import { MongoClient } from 'mongodb';
import type { CommandStartedEvent, Document, IndexDescription } from 'mongodb';
import { indexes } from '../../api/storage/mongo/indexes.ts';
import { describeOnMongo } from '../kit/mongo/describe-mongo.ts';
import { useEverything } from '../kit/mongo/every-use.ts';
import { planOf } from '../kit/mongo/mongo-plans.ts';
import { openMongoStore } from '../kit/mongo/mongo-store.ts';
import type { MongoTestStore } from '../kit/mongo/mongo-store.ts';
import { queriesOf } from '../kit/mongo/mongo-queries.ts';
import type { Query } from '../kit/mongo/mongo-queries.ts';
import { isServed } from '../kit/mongo/served-by-index.ts';

/** As many documents as there are business numbers; read whole. */
const small = new Set(['numbers', 'settings', 'marks']);

const listed = new Map<string, readonly IndexDescription[]>(
  Object.entries(indexes).map(([name, all]) => [
    name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    all,
  ]),
);

describeOnMongo('the indexes of the MongoDB store', (server) => {
  let test: MongoTestStore;
  let queries: readonly Query[];
  beforeAll(async () => {
    const commands: CommandStartedEvent[] = [];
    test = await openMongoStore(server, { onCommand: (command) => commands.push(command) });
    const begun = commands.length;
    await useEverything(test.store);
    queries = commands
      .slice(begun)
      .flatMap(queriesOf)
      .filter(({ collection }) => !small.has(collection));
  }, 60_000);
  afterAll(() => test.close());

  it('serve every query that there is, with its order', () => {
    expect(queries.length).toBeGreaterThan(100);
    const unserved = queries.filter((query) => !isServed(query, indexesOf(query)));
    expect([...new Set(unserved.map(shown))]).toEqual([]);
  });

  it('are those that the server takes, where it explains itself', async () => {
    const client = new MongoClient(test.uri);
    const kinds = new Map(queries.map((query) => [kindOf(query), query]));
    const bad: string[] = [];
    for (const query of kinds.values()) {
      const plan = await planOf(client.db(), query);
      if (plan === null) break;
      // What only has an order is read in the order of its index, which not every server does.
      const isWhole = Object.keys(query.filter).length === 0;
      if (plan.sorts ?? false) bad.push(`sorts ${shown(query)}`);
      if (plan.readsAll && !(isWhole && plan.sorts === null)) bad.push(`reads all ${shown(query)}`);
    }
    await client.close();
    expect(bad).toEqual([]);
  }, 60_000);
});

/** Alike but for the values. */
function kindOf(query: Query): string {
  return shown(query).replace(/"[^"$]*"(?!:)|\d+/g, '');
}

function indexesOf({ collection }: Query): readonly IndexDescription[] {
  return listed.get(collection) ?? [];
}

const shown = ({ collection, filter, sort }: Query) =>
  `${collection} ${JSON.stringify(withoutIds(filter))} by ${JSON.stringify(sort)}`;

function withoutIds(filter: Document): unknown {
  return JSON.parse(JSON.stringify(filter).replace(/_[0-9A-Z]{26}/g, ''));
}
