const buildFirst = require('./build-api-first.cjs');

/** The suites of MongoDB need a server, which no `npm ci` brings: nobody shall take skipped for passed. */
module.exports = () => {
  if (process.env.MONGODB_TEST_URI) {
    buildFirst();
    return;
  }
  process.stderr.write(`
============================================================================================
The MongoDB suites are SKIPPED: MONGODB_TEST_URI names no server. To run them on a replica set:
  MONGODB_TEST_URI='mongodb://127.0.0.1:27017/?replicaSet=rs0' npm run test:mongo
(and MONGODB_TEST_STREAMS_URI for change streams, where another server has those)
============================================================================================

`);
};
