import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { StartError, systemCodeOf } from '../errors.ts';

/** Variables by name, as the operating system gives them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment, filled up from a file of lines `NAME=value`; the file need not be there. */
export function withEnvFile(environment: Environment, file: string): Environment {
  return { ...readEnvFile(file), ...environment };
}

function readEnvFile(file: string): Environment {
  const text = textOf(file).replace(/^\uFEFF/, '');
  // As some shells of Windows write into files.
  if (text.includes('\0')) throw new StartError(`${file} is UTF-16. Save it as UTF-8.`);
  const stray = strayLines(text);
  if (stray.length > 0) {
    throw new StartError(
      `${file} has lines that are no settings: ${stray.join(', ')}. Write each setting as NAME=value, and # before what is to be passed over.`,
    );
  }
  // Alone: a line of blanks, or a tab before a name, becomes a part of the name to the parser.
  return parseEnv(Array.from(text.matchAll(setting), ([lines]) => lines.trimStart()).join('\n'));
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = systemCodeOf(error);
    if (code === 'ENOENT') return '';
    throw new StartError(
      `${file} cannot be read (${code ?? String(error)}). Make it a file that this user may read, or remove it.`,
      { cause: error },
    );
  }
}

/** With a value in quotes, which may go over several lines. */
const setting = /^[ \t]*(?:export[ \t]+)?[^\s=#]+[ \t]*=[ \t]*(?:(["'`])[^]*?\1)?.*$/gm;

/** The numbers of lines with something on them that the parser would pass over in silence. */
function strayLines(text: string): readonly number[] {
  const rest = text.replaceAll(setting, (lines) => lines.replaceAll(/[^\n]/g, ''));
  return rest.split('\n').flatMap((line, index) => (/^\s*(?:#|$)/.test(line) ? [] : [index + 1]));
}
