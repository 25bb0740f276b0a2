import { setImmediate as turn } from 'node:timers/promises';
import { StoreUnavailableError } from '../../api/errors.ts';
import { deliver, inbound } from '../contract/store/deliveries.ts';
import { describeOnMongo } from '../kit/mongo/describe-mongo.ts';
import { startFaultProxy } from '../kit/fault-proxy.ts';
import type { FaultProxy } from '../kit/fault-proxy.ts';
import { openMongoStore, withHost } from '../kit/mongo/mongo-store.ts';
import type { MongoTestStore } from '../kit/mongo/mongo-store.ts';

describeOnMongo('a connection that was reset, which nobody has noticed yet', (server) => {
  let proxy: FaultProxy;
  let test: MongoTestStore;

  beforeEach(async () => {
    const { hostname, port } = new URL(server);
    proxy = await startFaultProxy({ host: hostname, port: Number(port) });
    test = await openMongoStore(withHost(server, `127.0.0.1:${String(proxy.port)}`));
  });
  afterEach(async () => {
    await proxy.pass();
    await test.close();
    await proxy.close();
  });

  // The driver then passes on what the system says of the write, as it is.
  it('is a store that is away, and no fault of what was to be written', async () => {
    const { store } = test;
    await deliver(store, inbound('wamid.1'));
    await turn();
    const refused = proxy.refuse();
    await expect(deliver(store, inbound('wamid.2'))).rejects.toThrow(StoreUnavailableError);
    await refused;
  });
});
