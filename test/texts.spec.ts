import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { problemsOf, problemsOfText } from '../tools/texts/problems.ts';

const root = join(import.meta.dirname, '..');

describe('the texts of the app and the server', () => {
  it('are all in every language, none is left over, and none has lost a place for a value', () => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--import', 'tsx', 'tools/texts.ts', '--check'],
      { cwd: root, encoding: 'utf8' },
    );
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^\d{3,} texts of the app, \d{3,} of the server, 5 languages\n$/);
    expect(status).toBe(0);
  }, 60_000);
});

describe('problemsOf', () => {
  it('finds nothing wrong with a whole translation', () => {
    expect(problemsOf('Sent to {$customer}', 'An {$customer} gesendet', 'de')).toEqual([]);
  });

  it('tells what is not translated', () => {
    expect(problemsOf('Sent', '', 'de')).toEqual(['is not translated']);
  });

  it('tells of places that were lost and made up', () => {
    expect(problemsOf('{$a} of {$b}', '{$b} von {$c}', 'de')).toEqual([
      'has lost {$a}',
      'has {$c}, which the text does not have',
    ]);
    expect(problemsOf('{$START_TAG_B}a{$CLOSE_TAG_B}', '{$START_TAG_B}a', 'de')).toEqual([
      'has lost {$CLOSE_TAG_B}',
    ]);
  });

  it('asks for the plurals that the language has', () => {
    const english = '{VAR_PLURAL, plural, =1 {1 left} other {{INTERPOLATION} left}}';
    const arabic = '{VAR_PLURAL, plural, =1 {واحد} other {{INTERPOLATION}}}';
    expect(problemsOf(english, arabic, 'ar')).toEqual(
      ['zero', 'two', 'few', 'many'].map((form) => `lacks the plural "${form}"`),
    );
    expect(
      problemsOf(english, '{VAR_PLURAL, plural, =1 {noch 1} other {noch mehr}}', 'de'),
    ).toEqual(['has lost {INTERPOLATION}']);
    expect(
      problemsOf(english, '{VAR_PLURAL, plural, one {1} other {{INTERPOLATION}}}', 'es'),
    ).toEqual([]);
  });
});

describe('problemsOfText', () => {
  it('refuses a text that a line break of the source would change', () => {
    expect(problemsOfText('one\n  two')).toHaveLength(1);
    expect(problemsOfText('chats|All')).toEqual([]);
    expect(problemsOfText('a|b|c')).toHaveLength(1);
  });
});
