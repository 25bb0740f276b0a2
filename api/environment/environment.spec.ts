import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTempDirectory } from '../../test/kit/temp-directory.ts';
import type { TempDirectory } from '../../test/kit/temp-directory.ts';
import { StartError } from '../errors.ts';
import { withEnvFile } from './environment.ts';

describe('withEnvFile', () => {
  let directory: TempDirectory;
  beforeEach(async () => {
    directory = await createTempDirectory();
  });
  afterEach(() => directory.remove());

  it('adds the lines of the file', async () => {
    const file = join(directory.path, '.env');
    await writeFile(file, '# comment\nPORT=8001 # why\nWHATSAPP_TOKEN="a token"\nAPI_KEY=\n');
    expect(withEnvFile({ HOST: '::1' }, file)).toEqual({
      HOST: '::1',
      PORT: '8001',
      WHATSAPP_TOKEN: 'a token',
      API_KEY: '',
    });
  });

  it('lets the environment win', async () => {
    const file = join(directory.path, '.env');
    await writeFile(file, 'PORT=8001\n');
    expect(withEnvFile({ PORT: '9000' }, file)).toEqual({ PORT: '9000' });
  });

  it('does without the file', () => {
    expect(withEnvFile({ PORT: '1' }, join(directory.path, 'none'))).toEqual({ PORT: '1' });
  });

  it('refuses a file that cannot be read, with the remedy', async () => {
    const file = join(directory.path, '.env');
    await mkdir(file);
    expect(() => withEnvFile({}, file)).toThrow(StartError);
    expect(() => withEnvFile({}, file)).toThrow(/\.env cannot be read \(EISDIR\)/);
  });
});
