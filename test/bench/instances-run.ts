import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { freshDatabase, streamsUri } from '../kit/mongo/mongo-store.ts';
import { runInstances } from './instances/run.ts';
import { readSettings, usage } from './instances/settings.ts';
import { report } from './soak/report.ts';

// Two instances on one MongoDB database, killed and cut off again and again: is everything there, once, in order?

const pathOf = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const shownDifferences = 40;

async function main(): Promise<number> {
  const settings = readSettings(process.argv.slice(2));
  if (settings === null || streamsUri === undefined) {
    process.stderr.write(`${usage}\n`);
    return 2;
  }
  const tool = pathOf('tools/build-if-stale.mjs');
  if (spawnSync(process.execPath, [tool, 'api'], { stdio: 'inherit' }).status !== 0) return 1;
  const entry = pathOf('dist/api/main.js');
  const { figures, differences } = await runInstances({
    ...{ settings, entry },
    uri: freshDatabase(streamsUri),
  });
  report([...figures, ['differences', String(differences.length)]]);
  for (const difference of differences.slice(0, shownDifferences))
    process.stdout.write(`  ${difference}\n`);
  return differences.length === 0 ? 0 : 1;
}

process.exitCode = await main();
