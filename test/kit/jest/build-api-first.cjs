const { execFileSync } = require('node:child_process');
const { join } = require('node:path');

/** Specs start the built server: it may not be older than its sources. */
module.exports = () => {
  execFileSync(process.execPath, [join(__dirname, '../../../tools/build-if-stale.mjs'), 'api'], {
    stdio: 'inherit',
  });
};
