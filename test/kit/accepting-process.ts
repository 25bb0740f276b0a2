import { pino } from 'pino';
import { systemClock } from '../../api/clock.ts';
import { createIds } from '../../api/ids.ts';
import { createSqliteStore } from '../../api/storage/sqlite/store.ts';
import { deliver, inbound } from '../contract/store/deliveries.ts';

/**
 * A process of its own that accepts deliveries as fast as it can until it is killed, and prints the
 * id of each message whose delivery was acknowledged.
 */
const [directory = '', prefix = ''] = process.argv.slice(2);
const store = await createSqliteStore({
  directory,
  clock: systemClock,
  ids: createIds(systemClock),
  log: pino({ level: 'silent' }),
});

async function acceptForever(lane: number): Promise<never> {
  for (let n = 0; ; n++) {
    const wamid = `${prefix}-${String(lane)}-${String(n)}`;
    await deliver(store, inbound(wamid));
    process.stdout.write(`${wamid}\n`);
  }
}

await Promise.all(Array.from({ length: 16 }, (_, lane) => acceptForever(lane)));
