import type { CommandStartedEvent } from 'mongodb';
import { describeOnMongo, describeOnStreams } from '../kit/mongo/describe-mongo.ts';
import { useEverything } from '../kit/mongo/every-use.ts';
import { openMongoStore } from '../kit/mongo/mongo-store.ts';

const writes = ['insert', 'update', 'delete', 'findAndModify'];
const reads = ['find', 'aggregate', 'count', 'distinct'];
// What an address might ask for, and must not get.
const weaker = 'w=1&journal=false&readConcernLevel=local&readPreference=secondary';

function weakened(server: string): string {
  return `${server}${server.includes('?') ? '&' : '?'}${weaker}`;
}

describeOnMongo('what the MongoDB store asks of its server', (server) => {
  it('is a majority with its journal for every write, and what a majority has for every read', async () => {
    const commands: CommandStartedEvent[] = [];
    const test = await openMongoStore(weakened(server), {
      onCommand: (command) => commands.push(command),
    });
    await useEverything(test.store);
    await test.close();
    const named = (names: readonly string[]) =>
      commands.filter(({ commandName }) => names.includes(commandName));
    expect(new Set(named(writes).map(({ commandName }) => commandName))).toEqual(new Set(writes));
    for (const { commandName, command } of named(writes))
      expect([commandName, command['writeConcern']]).toEqual([
        commandName,
        { w: 'majority', j: true, wtimeout: 5_000 },
      ]);
    expect(named(reads).length).toBeGreaterThan(50);
    for (const { commandName, command } of named(reads))
      expect([commandName, command['readConcern']]).toEqual([commandName, { level: 'majority' }]);
    for (const { command } of named([...writes, ...reads]))
      expect(command['$readPreference']).not.toMatchObject({ mode: 'secondary' });
  });
});

describeOnStreams('what its change log asks of its server', (server) => {
  it('is a majority with its journal as well', async () => {
    const commands: CommandStartedEvent[] = [];
    const test = await openMongoStore(weakened(server), {
      onCommand: (command) => commands.push(command),
    });
    await test.store.changes.head();
    await test.close();
    const marks = commands.filter(({ command }) => command['update'] === 'marks');
    expect(marks.length).toBeGreaterThan(0);
    for (const { command } of marks)
      expect(command['writeConcern']).toMatchObject({ w: 'majority', j: true });
  });
});
