import { entriesTable, entryPage, entryWithBodyPage, rejectionsTable } from './tables.ts';

const entry = {
  id: 'dlv_01JDN8Z3K4ABCDEFGHJKMNPQRS',
  received_at: '2026-11-23T09:00:00.000Z',
  state: 'SET_ASIDE' as const,
  size_bytes: 1108,
  verdicts: [
    { path: 'entry[0].changes[0].value.messages[0]', result: 'APPLIED' as const, detail: null },
    { path: 'entry[0].changes[0].value.messages[1]', result: 'APPLIED' as const, detail: null },
    {
      path: 'entry[0].changes[1].value',
      result: 'SET_ASIDE' as const,
      detail: 'unknown number 777',
    },
  ],
};

describe('the tables of the journal command', () => {
  it('show a delivery a line', () => {
    const done = { ...entry, state: 'DONE' as const, size_bytes: 7, verdicts: [] };
    expect(entriesTable([entry, done], null)).toBe(
      [
        'ID                              RECEIVED                  STATE      BYTES  OUTCOME',
        'dlv_01JDN8Z3K4ABCDEFGHJKMNPQRS  2026-11-23T09:00:00.000Z  SET_ASIDE  1108   2 applied, 1 set aside: unknown number 777',
        'dlv_01JDN8Z3K4ABCDEFGHJKMNPQRS  2026-11-23T09:00:00.000Z  DONE       7',
        '',
      ].join('\n'),
    );
  });

  it('end where the terminal does', () => {
    const lines = entriesTable([entry], 80).split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBe(80);
  });

  it('show refusals with how often they came', () => {
    const refused = { at: entry.received_at, status: 401, reason: 'No signature', times: 12 };
    expect(rejectionsTable([refused], null)).toBe(
      [
        'AT                        STATUS  TIMES  REASON',
        '2026-11-23T09:00:00.000Z  401     12     No signature',
        '',
      ].join('\n'),
    );
  });

  it('say so when there is nothing', () => {
    expect(entriesTable([], null)).toBe('There are no such deliveries.\n');
    expect(rejectionsTable([], null)).toBe('No delivery was refused.\n');
  });

  it('show one delivery with its verdicts and its body', () => {
    expect(entryPage(entry)).toContain('SET_ASIDE  entry[0].changes[1].value');
    expect(entryPage({ ...entry, verdicts: [] })).toContain('Nothing in it.');
    expect(entryWithBodyPage({ ...entry, body: '{"a":[1]}' })).toContain('{\n  "a": [\n    1\n');
  });

  it.each([
    ['no JSON', 'half a deliv'],
    ['20,000 levels', '['.repeat(20_000) + ']'.repeat(20_000)],
  ])('show a body as it came when it is %s', (_what, body) => {
    expect(entryWithBodyPage({ ...entry, body })).toContain(body);
  });

  it('let nobody steer the terminal', () => {
    const body = '\u001b]0;owned\u0007 \u009b31m \u202e';
    expect(entryWithBodyPage({ ...entry, body })).toContain(
      '\ufffd]0;owned\ufffd \ufffd31m \ufffd',
    );
    const verdicts = [{ path: 'x', result: 'SET_ASIDE' as const, detail: 'a\nb\u001b[2J' }];
    const table = entriesTable([{ ...entry, verdicts }], null);
    expect(table.split('\n')).toHaveLength(3);
    expect(table).toContain('a b\ufffd[2J');
  });
});
