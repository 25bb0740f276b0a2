import { createProgressLines } from './progress-lines.ts';

describe('the lines that tell how far a migration is', () => {
  it('come every two seconds, and at the end of each kind', async () => {
    let now = 0;
    let printed = '';
    const report = createProgressLines(
      { about: () => Promise.resolve(4_000) },
      { clock: { now: () => now }, print: (text) => void (printed += text) },
    );
    const step = { verb: 'copied', kind: 'messages', isLast: false } as const;
    await report({ ...step, count: 500 });
    now = 2_000;
    await report({ ...step, count: 1_500 });
    now = 3_000;
    await report({ ...step, count: 2_000 });
    await report({ ...step, count: 4_100, isLast: true });
    await report({ ...step, verb: 'compared', count: 4_100, isLast: true });
    expect(printed.split('\n')).toEqual([
      'messages         1,500 of about 4,000 copied',
      'messages         4,100 copied',
      '',
    ]);
  });
});
