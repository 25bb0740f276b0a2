import { parseArguments } from './arguments.ts';

const id = 'dlv_01JDN8Z3K4ABCDEFGHJKMNPQRS';

describe('the arguments of the journal command', () => {
  it.each([
    [['list'], { name: 'list', query: { limit: 50 } }],
    [
      ['list', '--limit', '5', '--state', 'PENDING'],
      { name: 'list', query: { limit: 5, state: 'PENDING' } },
    ],
    [['list', `--before=${id}`], { name: 'list', query: { limit: 50, before: id } }],
    [['show', id], { name: 'show', id }],
    [['replay', id], { name: 'replay', id }],
    [['rejections', '--limit', '200'], { name: 'rejections', limit: 200 }],
    [['help'], { name: 'help' }],
    [['list', '-h'], { name: 'help' }],
  ])('are understood: %j', (given, request) => {
    expect(parseArguments(given)).toEqual({ request, asJson: false });
  });

  it('may ask for JSON anywhere', () => {
    expect(parseArguments(['--json', 'list'])).toMatchObject({ asJson: true });
    expect(parseArguments(['show', id, '--json'])).toMatchObject({ asJson: true });
  });

  it.each([
    [[], 'What is to be done?'],
    [['liste'], 'There is no command liste.'],
    [['list', 'more'], 'too many'],
    [['show', id, id], 'too many'],
    [['show'], 'show needs the ID'],
    [['replay', 'cnv_01JDN8Z3K4ABCDEFGHJKMNPQRS'], 'replay needs the ID'],
    [['list', '--limit', '0'], '--limit 0'],
    [['list', '--limit', '201'], '--limit 201'],
    [['list', '--limit', 'all'], '--limit all'],
    [['list', '--limit'], 'limit'],
    [['list', '--state', 'done'], '--state done'],
    [['list', '--before', 'yesterday'], '--before'],
    [['list', '--since', 'yesterday'], '--since'],
  ])('are refused with what is wrong: %j', (given, problem) => {
    expect(parseArguments(given)).toEqual({
      problem: expect.stringContaining(problem) as unknown,
    });
  });
});
