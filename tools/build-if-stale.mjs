// Builds what is missing or differs from its sources, and nothing else.
// usage: node tools/build-if-stale.mjs [api] [web] [--force]     (without a name: both)
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { filesBelow } from './files-below.mjs';
import { finishSite } from './site/finish-site.mjs';
import { filesOfOneLanguage } from './site/service-worker.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const next = path.join(root, 'dist', '.next');
const require = createRequire(import.meta.url);

const targets = {
  api: {
    sources: ['api', 'test/simulator', 'tsconfig.base.json', 'tsconfig.build.json'],
    // What a person needs for it besides the sources; without them a built copy is taken as it is.
    tool: 'typescript/bin/tsc',
    outputs: ['api', 'test'],
    build(tool) {
      run(tool, ['-p', 'tsconfig.build.json', '--outDir', next]);
      const page = path.join(root, 'test/simulator/page');
      if (existsSync(page))
        cpSync(page, path.join(next, 'test/simulator/page'), { recursive: true });
    },
  },
  web: {
    sources: ['web', 'schema.graphql', 'angular.json', 'tsconfig.base.json'],
    // Beside the sources, what makes the site of them; a built copy may come with it and without them.
    makers: ['tools/build-if-stale.mjs', 'tools/files-below.mjs', 'tools/site'],
    tool: '@angular/cli/bin/ng.js',
    outputs: ['web'],
    build(tool) {
      // Given a path, the builder puts the site into a folder `browser` of it.
      const built = path.join(next, 'web-build');
      run(tool, ['build', '--stats-json', '--output-path', built]);
      renameSync(path.join(built, 'browser'), path.join(next, 'web'));
      const whenUsed = filesOfOneLanguage(path.join(built, 'stats.json'));
      finishSite(path.join(next, 'web'), { sources: path.join(root, 'web'), whenUsed });
    },
  },
};

const args = process.argv.slice(2);
const isForced = args.includes('--force');
const named = args.filter((arg) => arg in targets);
for (const name of named.length > 0 ? named : Object.keys(targets))
  buildIfStale(name, targets[name]);

function buildIfStale(name, target) {
  const stamp = path.join(root, 'dist', `.${name}-sources`);
  const isBuilt = target.outputs.every((output) => existsSync(path.join(root, 'dist', output)));
  if (isBuilt && !target.sources.some((source) => existsSync(path.join(root, source)))) return;
  const fingerprint = fingerprintOf([...target.sources, ...(target.makers ?? [])]);
  const isCurrent = isBuilt && existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint;
  if (isCurrent && !isForced) return;

  const startedAt = performance.now();
  process.stdout.write(`Building ${name} … `);
  rmSync(next, { recursive: true, force: true });
  target.build(toolPath(target.tool));
  // Swapped in as a whole, so that an interrupted build leaves the former one in place.
  rmSync(stamp, { force: true });
  for (const output of target.outputs) {
    const place = path.join(root, 'dist', output);
    rmSync(place, { recursive: true, force: true });
    if (existsSync(path.join(next, output))) renameSync(path.join(next, output), place);
    else mkdirSync(place, { recursive: true });
  }
  rmSync(next, { recursive: true, force: true });
  writeFileSync(stamp, fingerprint);
  process.stdout.write(`done in ${((performance.now() - startedAt) / 1000).toFixed(1)} s\n`);
}

function toolPath(tool) {
  try {
    return require.resolve(tool);
  } catch {
    fail(
      `\n${tool.split('/')[0]} is not installed, so there is nothing to build with. Run \`npm ci\` first.`,
    );
  }
}

function run(tool, toolArgs) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [tool, ...toolArgs], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NG_CLI_ANALYTICS: 'false', NG_BUILD_OPTIMIZE_CHUNKS: '1' },
  });
  if (status !== 0) fail(`failed\n${stdout}${stderr}`);
}

function fingerprintOf(sources) {
  const hash = createHash('sha256');
  for (const source of sources) {
    for (const file of filesBelow(path.join(root, source))) {
      if (/\.spec\.ts$/.test(file)) continue;
      hash
        .update(`${path.relative(root, file)}\0`)
        .update(readFileSync(file))
        .update('\0');
    }
  }
  return hash.digest('hex');
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
