import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Store } from '../../api/storage/store.ts';
import { claimAll, deliver, inbound, nine, send } from '../contract/store/deliveries.ts';
import { chatWith } from '../contract/store/reading.ts';
import { describeOnMongo } from '../kit/mongo/describe-mongo.ts';
import { DiedError, dyingCollections } from '../kit/mongo/dying-collections.ts';
import { fill, looking, openMigrationBench } from '../kit/benches/migration-bench.ts';
import type { MigrationBench } from '../kit/benches/migration-bench.ts';
import { snapshotOf } from '../kit/mongo/store-snapshot.ts';

type Snapshot = Awaited<ReturnType<typeof snapshotOf>>;

const root = join(__dirname, '../..');

/** What is due one after the other, as somebody who sends would get it. */
async function sendsOf(store: Store) {
  const now = nine + 120_000;
  const expired = await store.outbox.expireLeases(now);
  const rounds = [];
  for (let round = 0; round < 3; round += 1) {
    const claimed = await claimAll(store, now);
    const inOrder = claimed.toSorted((a, b) => (a.message.id < b.message.id ? -1 : 1));
    // More than an identity is no business of who sends.
    rounds.push(inOrder.map((one) => ({ ...one, recipient: one.recipient.phoneNumber })));
    for (const { attempt, message } of claimed) {
      const accepted = { kind: 'ACCEPTED', at: now, wamid: `wamid.of.${message.id}` } as const;
      await store.outbox.settle({ messageId: message.id, attempt }, accepted);
    }
  }
  const claimed = await store.outbox.claimReceipts({ now, leaseMs: 30_000, limit: 10_000 });
  const receipts = claimed.toSorted((a, b) => (a.conversationId < b.conversationId ? -1 : 1));
  return { expired, rounds, receipts };
}

/** The difference of two long ones is worth its time only where there is one. */
function expectSame(actual: Snapshot, expected: Snapshot): void {
  if (!isDeepStrictEqual(actual, expected)) expect(actual).toEqual(expected);
}

describeOnMongo('migrating', (server) => {
  let bench: MigrationBench;
  beforeEach(async () => {
    bench = await openMigrationBench(server);
  });
  afterEach(() => bench.close());

  const filled = (histories: number, longChat = 0) =>
    looking(bench.embedded(), async (store) => {
      await fill(store, { histories, longChat });
      return snapshotOf(store);
    });

  it('brings everything to MongoDB and back, the same to whoever looks', async () => {
    const before = await filled(120, 700);
    const there = await bench.migrate('embedded');
    expect(there).toMatchObject({ code: 0, complained: '' });
    expect(there.printed).toMatch(/^messages +[\d,]+ +[\d,]+ +[\da-f]{16} +[\da-f]{16} +same$/m);
    expectSame(await looking(bench.mongo(), snapshotOf), before);
    const sent = await looking(bench.embedded(), sendsOf);
    expect(sent.rounds.flat().length).toBeGreaterThan(5);
    expect(sent.receipts.length).toBeGreaterThan(5);

    await bench.changeDirectory();
    const back = await bench.migrate('mongodb');
    expect(back).toMatchObject({ code: 0, complained: '' });
    expect(checksumsIn(back.printed)).toEqual(checksumsIn(there.printed));
    expectSame(await looking(bench.embedded(), snapshotOf), before);
    expect(await looking(bench.mongo(), sendsOf)).toEqual(sent);
    expect(await looking(bench.embedded(), sendsOf)).toEqual(sent);
  }, 300_000);

  it('goes on wherever it died while MongoDB was written', async () => {
    const before = await filled(12);
    let deaths = 0;
    for (let afterWrites = 0; ; afterWrites += 1) {
      try {
        const ran = await bench.migrate('embedded', {
          wrapCollections: (collections) =>
            dyingCollections(collections, { afterWrites, isAnswerLost: afterWrites % 2 === 0 })
              .collections,
        });
        expect(ran).toMatchObject({ code: 0, complained: '' });
        break;
      } catch (error) {
        if (!(error instanceof DiedError)) throw error;
        deaths += 1;
      }
    }
    expect(deaths).toBeGreaterThan(5);
    expectSame(await looking(bench.mongo(), snapshotOf), before);
  }, 300_000);

  it('goes on wherever it died while the embedded store was written', async () => {
    const before = await filled(12);
    expect(await bench.migrate('embedded')).toMatchObject({ code: 0 });
    await bench.changeDirectory();
    let isDone = false;
    for (let death = 0; !isDone; death += 1) {
      try {
        const ran = await bench.migrate('mongodb', {
          wrapTarget: (target) => ({
            ...target,
            async take(taken) {
              // One time it was taken, one time it was not.
              if (death % 2 === 0) await target.take(taken);
              if (death < 20) throw new DiedError('Died');
              if (death % 2 === 1) await target.take(taken);
            },
          }),
        });
        expect(ran).toMatchObject({ code: 0, complained: '' });
        isDone = true;
      } catch (error) {
        if (!(error instanceof DiedError)) throw error;
      }
    }
    expectSame(await looking(bench.embedded(), snapshotOf), before);
  }, 300_000);

  it('goes on after its process was killed', async () => {
    const before = await filled(12, 1_600);
    const environment = { DATA_DIR: bench.directory, MONGODB_URI: bench.uri };
    const command = ['--import', 'tsx', 'api/migrate-command.ts', '--from', 'embedded'];
    let code: unknown = null;
    for (let lines = 1; code !== 0; lines += 6) {
      const given = [...command, '--to', 'mongodb', '--assume-stopped'];
      const child = spawn(process.execPath, given, {
        cwd: root,
        env: environment,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let seen = 0;
      createInterface(child.stdout).on('line', () => {
        seen += 1;
        if (seen > lines) child.kill('SIGKILL');
      });
      [code] = (await once(child, 'close')) as unknown[];
      expect(code === 0 || code === null).toBe(true);
    }
    expectSame(await looking(bench.mongo(), snapshotOf), before);
  }, 300_000);

  it('ends in order at Ctrl-C, and no server starts on what is there until it has ended', async () => {
    await filled(5);
    const interruption = new AbortController();
    const stopped = await bench.migrate('embedded', {
      signal: interruption.signal,
      wrapTarget: (target) => ({
        ...target,
        async take(taken) {
          await target.take(taken);
          if (taken.kind === 'messages') interruption.abort();
        },
      }),
    });
    expect(stopped.code).toBe(130);
    expect(stopped.complained).toContain('The same command goes on');
    await expect(bench.mongo()).rejects.toThrow('A migration into the database');
    await expect(bench.migrate('mongodb')).rejects.toThrow('itself the target of a migration');

    const rest = await bench.migrate('embedded');
    expect(rest).toMatchObject({ code: 0, complained: '' });
    expect(rest.printed).toContain('Going on with the business numbers.');
    await looking(bench.mongo(), (store) => store.check());
  }, 120_000);

  it('refuses a target that is not empty, an unknown source, and a store in use', async () => {
    await expect(bench.migrate('embedded')).rejects.toThrow('There is no store at');
    const store = await bench.embedded();
    await deliver(store, inbound('w1'));
    await expect(bench.migrate('embedded')).rejects.toThrow('is in use by another process');
    await store.stop();
    await looking(bench.mongo(), (other) => deliver(other, inbound('w2')));
    await expect(bench.migrate('embedded')).rejects.toThrow('There is something in the database');
    await expect(bench.migrate('mongodb')).rejects.toThrow('There is something in');
    const mistaken = await bench.migrate('embedded', { arguments: ['--from', 'here'] });
    expect(mistaken.code).toBe(2);
    expect(mistaken.complained).toContain('--from here is neither');
  }, 60_000);

  it('refuses to go on from another store, or after a server has written to it', async () => {
    await looking(bench.embedded(), (store) => deliver(store, inbound('w1')));
    const aborted = AbortSignal.abort();
    expect(await bench.migrate('embedded', { signal: aborted })).toMatchObject({ code: 130 });
    await looking(bench.embedded(), (store) => deliver(store, inbound('w2')));
    await expect(bench.migrate('embedded')).rejects.toThrow('A server has written into the store');
    await bench.changeDirectory();
    await looking(bench.embedded(), (store) => deliver(store, inbound('w1')));
    await expect(bench.migrate('embedded')).rejects.toThrow('holds a part of another store');
  }, 60_000);

  it('says where the two are different, and leaves the target closed', async () => {
    await filled(3);
    const ran = await bench.migrate('embedded', {
      wrapTarget: (target) => ({
        ...target,
        take: (taken) =>
          target.take(taken.kind === 'identifiers' ? { ...taken, records: [] } : taken),
      }),
    });
    expect(ran.code).toBe(1);
    expect(ran.complained).toContain('not the same');
    expect(ran.printed).toMatch(/^identifiers .* DIFFERENT$/m);
    await expect(bench.mongo()).rejects.toThrow('A migration into the database');
  }, 60_000);

  it('answers cursors of the events of before with a reload, of both stores', async () => {
    const before = await looking(bench.embedded(), async (store) => {
      await deliver(store, inbound('w1'));
      return store.changes.head();
    });
    expect(await bench.migrate('embedded')).toMatchObject({ code: 0 });
    expect(await looking(bench.mongo(), (store) => store.changes.read(before, 10))).toBeNull();
    await bench.changeDirectory();
    const empty = await looking(bench.embedded(), (store) => store.changes.head());
    expect(await bench.migrate('mongodb')).toMatchObject({ code: 0 });
    expect(await looking(bench.embedded(), (store) => store.changes.read(empty, 10))).toBeNull();
  }, 60_000);

  it('goes on with what it brought: keys, new ids, the line of a recipient', async () => {
    const id = await looking(bench.embedded(), async (store) => {
      await deliver(store, inbound('w1'));
      return send(store, { clientMessageId: 'k1' });
    });
    expect(await bench.migrate('embedded')).toMatchObject({ code: 0 });
    await looking(bench.mongo(), async (store) => {
      const again = await deliver(store, inbound('w1'));
      expect(again.verdicts).toMatchObject([{ result: 'REPEATED' }]);
      expect((await store.messages.byClientMessageId('owner', 'k1'))?.id).toBe(id);
      const next = await send(store);
      expect(next > id).toBe(true);
      expect((await claimAll(store)).map(({ message }) => message.id)).toEqual([id]);
      expect((await chatWith(store, '15555550142')).unreadCount).toBe(1);
    });
  }, 60_000);
});

function checksumsIn(printed: string): string[] {
  return [...printed.matchAll(/^(\S.*?) {2,}[\d,]+ +[\d,]+ +([\da-f]{16})/gm)].map(
    ([, kind = '', sum = '']) => `${kind} ${sum}`,
  );
}
