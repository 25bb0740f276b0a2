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

  it('takes values in quotes that go over several lines', async () => {
    const file = join(directory.path, '.env');
    const text = '\r\nexport A="one\r\ntwo = 2\nthree"\n  B = \'it\'s\nC=`x`# d\n # E\n';
    await writeFile(file, text);
    expect(withEnvFile({}, file)).toEqual({ A: 'one\ntwo = 2\nthree', B: 'it', C: 'x' });
  });

  it('refuses lines that are no settings, by their numbers', async () => {
    const file = join(directory.path, '.env');
    await writeFile(file, 'PORT 8001\nHOST=::1\n\nAPI_KEY: secret\n# PORT 1\nexport PORT\n');
    expect(() => withEnvFile({}, file)).toThrow(
      /\.env has lines that are no settings: 1, 4, 6\. Write/,
    );
    expect(() => withEnvFile({}, file)).not.toThrow(/secret/);
  });

  it('loses no setting to blanks before it', async () => {
    const file = join(directory.path, '.env');
    await writeFile(file, 'PORT=1\n \nAPI_KEY=a\r\n\t\r\n\tHOST=b\n# c\n  \n   LOG_LEVEL=c\n');
    expect(withEnvFile({}, file)).toEqual({ PORT: '1', API_KEY: 'a', HOST: 'b', LOG_LEVEL: 'c' });
  });

  it('is not misled by how editors of Windows save it', async () => {
    const file = join(directory.path, '.env');
    await writeFile(file, '\uFEFFPORT=8001\r\nHOST=::1\r\n');
    expect(withEnvFile({}, file)).toEqual({ PORT: '8001', HOST: '::1' });
    await writeFile(file, '\uFEFFPORT=8001\r\n', 'utf16le');
    expect(() => withEnvFile({}, file)).toThrow(/\.env is UTF-16\. Save it as UTF-8/);
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
