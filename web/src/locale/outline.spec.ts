import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { languages } from './languages';

/** The page is drawn in outline before the languages are there: its script knows their codes by heart. */
describe('the script of the page', () => {
  const page = readFileSync(join(__dirname, '..', 'index.html'), 'utf8');
  const tongueOf = (code: string): string => code.split('-', 1)[0] ?? '';

  it('knows the languages that there are', () => {
    const [, spoken = ''] = /const spoken = \/\^\(([\w|]+)\)/.exec(page) ?? [];
    expect(spoken.split('|')).toEqual(languages.map(({ code }) => tongueOf(code)));
  });

  it('knows which are written from right to left', () => {
    const [, turned = ''] =
      /if \(\/\^([\w|()]+)\\b\/i\.test\(language\)\) root\.dir/.exec(page) ?? [];
    const fromRight = languages.filter(({ direction }) => direction === 'rtl');
    expect([turned]).toEqual(fromRight.map(({ code }) => tongueOf(code)));
  });
});
