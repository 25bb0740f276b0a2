import type { CommandStartedEvent, Document, IndexDescription } from 'mongodb';
import { indexes } from '../../api/storage/mongo/indexes.ts';
import { describeOnMongo } from '../kit/describe-mongo.ts';
import { useEverything } from '../kit/every-use.ts';
import { openMongoStore } from '../kit/mongo-store.ts';
import { queriesOf } from '../kit/mongo-queries.ts';
import type { Query } from '../kit/mongo-queries.ts';
import { isServed } from '../kit/served-by-index.ts';

/** As many documents as there are business numbers; read whole. */
const small = new Set(['numbers', 'settings', 'marks']);

const listed = new Map<string, readonly IndexDescription[]>(
  Object.entries(indexes).map(([name, all]) => [
    name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    all,
  ]),
);

describeOnMongo('the indexes of the MongoDB store', (server) => {
  it('serve every query that there is, with its order', async () => {
    const commands: CommandStartedEvent[] = [];
    const test = await openMongoStore(server, { onCommand: (command) => commands.push(command) });
    const begun = commands.length;
    await useEverything(test.store);
    await test.close();
    const queries = commands.slice(begun).flatMap(queriesOf);
    expect(queries.length).toBeGreaterThan(100);
    const unserved = queries.filter(
      (query) => !small.has(query.collection) && !isServed(query, indexesOf(query)),
    );
    expect([...new Set(unserved.map(shown))]).toEqual([]);
  });
});

function indexesOf({ collection }: Query): readonly IndexDescription[] {
  return listed.get(collection) ?? [];
}

const shown = ({ collection, filter, sort }: Query) =>
  `${collection} ${JSON.stringify(withoutIds(filter))} by ${JSON.stringify(sort)}`;

function withoutIds(filter: Document): unknown {
  return JSON.parse(JSON.stringify(filter).replace(/_[0-9A-Z]{26}/g, ''));
}
