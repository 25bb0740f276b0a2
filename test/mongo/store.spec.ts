import { describeStore } from '../contract/store.contract.ts';
import { describeOnMongo } from '../kit/mongo/describe-mongo.ts';
import { openMongoStore } from '../kit/mongo/mongo-store.ts';

describeOnMongo('on the server of MONGODB_TEST_URI', (server) => {
  describeStore('MongoDB', () => openMongoStore(server), { hasChangeLog: false });
});
