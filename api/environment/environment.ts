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
  try {
    return parseEnv(readFileSync(file, 'utf8'));
  } catch (error) {
    const code = systemCodeOf(error);
    if (code === 'ENOENT') return {};
    throw new StartError(
      `${file} cannot be read (${code ?? String(error)}). Make it a file that this user may read, or remove it.`,
      { cause: error },
    );
  }
}
