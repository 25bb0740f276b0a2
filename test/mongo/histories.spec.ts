import { describeHistories } from '../contract/store/histories.contract.ts';
import { describeOnMongo } from '../kit/mongo/describe-mongo.ts';
import { openMongoStore } from '../kit/mongo/mongo-store.ts';

describeOnMongo('on the server of MONGODB_TEST_URI', (server) => {
  // Every round trip takes its time: fewer than elsewhere, as many at once as several people make.
  describeHistories('MongoDB', () => openMongoStore(server, { acknowledgeWithinMs: 7_000 }), {
    hasChangeLog: false,
    atOnce: 40,
    rounds: 10,
  });
});
