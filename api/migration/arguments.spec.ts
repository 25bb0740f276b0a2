import { parseArguments } from './arguments.ts';

describe('the arguments of a migration', () => {
  it('name both sides', () => {
    expect(parseArguments(['--from', 'embedded', '--to', 'mongodb'])).toEqual({
      request: { from: 'embedded', to: 'mongodb', assumesStopped: false },
    });
    expect(parseArguments(['--to=embedded', '--from=mongodb', '--assume-stopped'])).toEqual({
      request: { from: 'mongodb', to: 'embedded', assumesStopped: true },
    });
    expect(parseArguments(['--help'])).toEqual({ request: 'help' });
  });

  it.each([
    [[], '--from is missing'],
    [['--from', 'mongodb'], '--to is missing'],
    [['--from', 'mongo', '--to', 'embedded'], '--from mongo is neither'],
    [['--from', 'mongodb', '--to', 'mongodb'], 'Both sides are mongodb.'],
    [['--from', 'mongodb', '--to', 'embedded', '--force'], '--force'],
    [['mongodb'], 'mongodb'],
  ])('are refused with the reason: %j', (given, reason) => {
    const parsed = parseArguments(given);
    expect('problem' in parsed && parsed.problem).toContain(reason);
  });
});
