const { default: Sequencer } = require('@jest/test-sequencer');

// Short files that take long, so that none of them is left for the end, when other cores are idle.
const longest = [/histories\.spec/, /accessible\.spec/, /test\/web\//, /stop\.spec/, /slow\.spec/];

const rankOf = ({ path }) => {
  const rank = longest.findIndex((pattern) => pattern.test(path));
  return rank === -1 ? longest.length : rank;
};

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    return [...super.sort(tests)].sort((one, other) => rankOf(one) - rankOf(other));
  }
};
