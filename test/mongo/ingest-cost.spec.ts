import type { CommandStartedEvent } from 'mongodb';
import { deliver, inbound, nine, person, status } from '../contract/store/deliveries.ts';
import { describeOnMongo } from '../kit/mongo/describe-mongo.ts';
import { openMongoStore } from '../kit/mongo/mongo-store.ts';

const people = 20;

/** As an outage of ours leaves it: what customers write between what WhatsApp tells of our messages. */
function backlog(size: number) {
  return Array.from({ length: size }, (_, n) => {
    const phoneNumber = `4477009${String(10_000 + (n % people))}`;
    const timestamp = nine + n;
    return [
      inbound(`in${String(n)}`, { from: person({ phoneNumber }), timestamp }),
      status(`out${String(n)}`, 'DELIVERED', { at: timestamp }),
    ];
  }).flat();
}

describeOnMongo('a large delivery of all kinds, mixed', (server) => {
  it('is not applied element by element', async () => {
    const commands: CommandStartedEvent[] = [];
    const test = await openMongoStore(server, {
      acknowledgeWithinMs: 30_000,
      onCommand: (command) => commands.push(command),
    });
    const elements = backlog(300);
    commands.length = 0;
    const { state, verdicts } = await deliver(test.store, ...elements);
    const cost = commands.length / elements.length;
    await test.close();
    expect([state, verdicts.length]).toEqual(['DONE', elements.length]);
    expect(cost).toBeLessThan(2);
  });
});
