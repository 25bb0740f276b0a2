import { join } from 'node:path';
import Database from 'libsql';
import { startTestIngest } from '../../test/kit/test-ingest.ts';
import type { TestIngest } from '../../test/kit/test-ingest.ts';
import { fromAmara, textOfAmara, webhookFixture } from '../../test/kit/webhook-bodies.ts';

let test: TestIngest;
beforeEach(async () => {
  test = await startTestIngest();
});
afterEach(() => test.close());

/** What a crash between writing down and applying leaves: the body, and nothing of it applied. */
function leavePending(bodies: readonly Buffer[], receivedAt: number): void {
  const database = new Database(join(test.directory, 'inbox.db'));
  const insert = database.prepare(
    `INSERT INTO deliveries (id, received_at, state, size_bytes, verdicts, body)
     VALUES (?, ?, 'PENDING', ?, '[]', ?)`,
  );
  for (const [index, body] of bodies.entries()) {
    const id = `dlv_01JDN8Z3K4ABCDEFGHJKMN${String(index).padStart(4, '0')}`;
    insert.run(id, receivedAt, body.length, body);
  }
  database.close();
}

/** Resolves when `count` commits with changes were made. */
function changes(count: number): Promise<void> {
  return new Promise((resolve) => {
    let left = count;
    test.store.changes.onAppended(() => {
      left -= 1;
      if (left === 0) resolve();
    });
  });
}

/** One round of the sweeper: it sets its timer anew when it is done. */
async function round(): Promise<void> {
  test.clock.advance(5_000);
  test.timers.fire();
  while (test.timers.nextAt() === null) await new Promise(setImmediate);
}

async function started(): Promise<void> {
  test.ingest.start();
  while (test.timers.nextAt() === null) await new Promise(setImmediate);
}

const states = async () =>
  (await test.store.journal.list({ limit: 1_000 })).map(({ state }) => state);

it('what a crash left is applied at the next start', async () => {
  const receivedAt = test.clock.now();
  test.clock.advance(11_000);
  await test.restart({}, () => {
    leavePending([webhookFixture('text'), webhookFixture('image')], receivedAt);
  });
  const applied = changes(2);
  test.ingest.start();
  await applied;
  expect((await test.messages()).map(({ content }) => content.type)).toEqual(['TEXT', 'IMAGE']);
  expect(await states()).toEqual(['DONE', 'DONE']);
});

it('a young one is left to whoever works on it, and taken up within 30 s', async () => {
  const receivedAt = test.clock.now();
  await test.restart({}, () => {
    leavePending([webhookFixture('text')], receivedAt);
  });
  await started();
  await round();
  expect(await states()).toEqual(['PENDING']);
  while ((await states())[0] === 'PENDING') await round();
  expect(test.clock.now() - receivedAt).toBeLessThanOrEqual(30_000);
  expect(await test.messages()).toHaveLength(1);
});

it('more than a page of them arrive in the order in which they came', async () => {
  const bodies = Array.from({ length: 210 }, (_, index) =>
    fromAmara(textOfAmara({ id: `wamid.${String(index)}`, text: { body: String(index) } })),
  );
  const receivedAt = test.clock.now() - 60_000;
  await test.restart({}, () => {
    leavePending(bodies, receivedAt);
  });
  await started();
  const messages = await test.messages();
  expect(messages.map(({ content }) => ('body' in content ? content.body : null))).toEqual(
    bodies.map((_, index) => String(index)),
  );
}, 20_000); // a full sync of the disk for each

it('one that nothing can be made of is set aside, and its neighbours go on', async () => {
  const receivedAt = test.clock.now() - 60_000;
  await test.restart({}, () => {
    leavePending([Buffer.from('half a deliv'), webhookFixture('text')], receivedAt);
  });
  await started();
  expect((await states()).sort()).toEqual(['DONE', 'SET_ASIDE']);
  expect(await test.messages()).toHaveLength(1);
});

it('old deliveries are removed after their days, once an hour; what is set aside stays longer', async () => {
  await test.deliver(webhookFixture('text'));
  await test.deliver(fromAmara(null));
  await started();
  test.clock.advance(7 * 24 * 3_600_000);
  await round();
  expect(await states()).toEqual(['SET_ASIDE']);
  expect(await test.messages()).toHaveLength(1);
  const prunings = () => test.log.filter(({ msg }) => msg === 'journal pruned').length;
  await round();
  expect(prunings()).toBe(1);
  test.clock.advance(3_600_000);
  await round();
  expect(prunings()).toBe(2);
  test.clock.advance(90 * 24 * 3_600_000);
  await round();
  expect(await states()).toEqual([]);
});

it('goes on by itself when the store is back', async () => {
  await started();
  await test.store.stop();
  await round();
  expect(test.log).toContainEqual(
    expect.objectContaining({ msg: 'the journal could not be swept' }),
  );
  expect(test.timers.nextAt()).toBe(test.clock.now() + 5_000);
});

it('ends with the server, and twice is one end', async () => {
  await started();
  await test.ingest.stop();
  await test.ingest.stop();
  expect(test.timers.nextAt()).toBeNull();
});
