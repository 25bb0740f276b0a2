// Builds what is missing or differs from its sources, and nothing else.
// usage: node tools/build-if-stale.mjs [api] [web] [--force]     (without a name: both)
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { writeFirstQuestion } from './first-question.mjs';

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
    makers: ['tools/build-if-stale.mjs', 'tools/first-question.mjs'],
    tool: '@angular/cli/bin/ng.js',
    outputs: ['web'],
    build(tool) {
      // Given a path, the builder puts the site into a folder `browser` of it.
      const built = path.join(next, 'web-build');
      run(tool, ['build', '--stats-json', '--output-path', built]);
      renameSync(path.join(built, 'browser'), path.join(next, 'web'));
      fitPage(path.join(next, 'web'));
      compileAtOnce(path.join(next, 'web'));
      writeFirstQuestion(path.join(next, 'web'), path.join(root, 'web/src/app/graphql/graphql.ts'));
      writeServiceWorker(path.join(next, 'web'), filesOfOneLanguage(built));
      precompress(path.join(next, 'web'));
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

/**
 * The styles are put into the page itself, under its nonce: what it draws first waits for nothing else. The answer that
 * it asks for is small, and drawn with the scripts: it is to come before them.
 */
function fitPage(site) {
  const page = path.join(site, 'index.html');
  const html = readFileSync(page, 'utf8');
  const link = /<link rel="stylesheet" href="([^"]+)">/;
  const [, file] = link.exec(html) ?? [];
  if (file === undefined) throw new Error('index.html names no styles.');
  const styles = readFileSync(path.join(site, file), 'utf8').trim();
  rmSync(path.join(site, file));
  const fitted = html
    .replace(link, () => `<style nonce="__CSP_NONCE__">${styles}</style>`)
    .replace(/<script src="[^"]+" type="module"/g, '$& fetchpriority="low"');
  writeFileSync(page, fitted);
}

/**
 * Nearly all functions of the first script are called to draw the page, and most of a part when it is opened. So told, the
 * browser compiles them while they come in, beside what else it does, and not one by one when they are called
 * (v8.dev/blog/explicit-compile-hints).
 */
function compileAtOnce(site) {
  for (const file of filesBelow(site).filter((each) => /\/(main|chunk)-[^/]+\.js$/.test(each)))
    writeFileSync(file, `//# allFunctionsCalledOnLoad\n${readFileSync(file, 'utf8')}`);
}

/** The texts of a language and what it calls the emoji: a person uses one of each. By their addresses. */
function filesOfOneLanguage(built) {
  const { outputs } = JSON.parse(readFileSync(path.join(built, 'stats.json'), 'utf8'));
  const isText = /^web\/src\/(?:locale|app\/emoji\/names)\/[\w-]+\.json$/;
  return Object.entries(outputs).flatMap(([file, { inputs }]) => {
    const [only, ...others] = Object.keys(inputs);
    return others.length === 0 && isText.test(only) ? [`/${file}`] : [];
  });
}

/** It is told which files belong to this build, and which others of it are kept only when they are used. */
function writeServiceWorker(site, whenUsed) {
  const { transpileModule, ScriptTarget, ModuleKind } = require('typescript');
  const source = readFileSync(path.join(root, 'web/service-worker/service-worker.ts'), 'utf8');
  const { outputText } = transpileModule(source, {
    compilerOptions: {
      target: ScriptTarget.ES2022,
      module: ModuleKind.ESNext,
      removeComments: true,
    },
  });
  const content = createHash('sha256');
  const files = filesBelow(site).filter((file) =>
    /\.(js|css|svg|png|webmanifest|html)$/.test(file),
  );
  const address = (file) => `/${path.relative(site, file).replaceAll(path.sep, '/')}`;
  for (const file of files)
    content
      .update(`${address(file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  const build = {
    name: content.digest('base64url').slice(0, 12),
    // The page is asked for by its own address.
    files: files.map(address).filter((file) => file !== '/index.html' && !whenUsed.includes(file)),
    whenUsed,
  };
  writeFileSync(path.join(site, 'sw.js'), `const build = ${JSON.stringify(build)};\n${outputText}`);
}

/** Brotli and gzip beside each text file, made once so that serving them costs nothing. */
function precompress(folder) {
  for (const file of filesBelow(folder)) {
    if (!/\.(js|css|svg|json|webmanifest|txt|ico)$/.test(file)) continue;
    const bytes = readFileSync(file);
    const quality = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
    writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params: quality }));
    writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
  }
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

function filesBelow(place) {
  if (!existsSync(place)) return [];
  if (statSync(place).isFile()) return [place];
  const entries = readdirSync(place, { withFileTypes: true, recursive: true }).filter((entry) =>
    entry.isFile(),
  );
  return entries.map((entry) => path.join(entry.parentPath, entry.name)).sort();
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
