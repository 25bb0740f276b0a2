import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { filesBelow } from '../files-below.mjs';

const require = createRequire(import.meta.url);

/** The texts of a language and what it calls the emoji: a person uses one of each. By their addresses. */
export function filesOfOneLanguage(stats) {
  const { outputs } = JSON.parse(readFileSync(stats, 'utf8'));
  const isText = /^web\/src\/(?:locale|app\/emoji\/names)\/[\w-]+\.json$/;
  return Object.entries(outputs).flatMap(([file, { inputs }]) => {
    const [only, ...others] = Object.keys(inputs);
    return others.length === 0 && isText.test(only) ? [`/${file}`] : [];
  });
}

/** It is told which files belong to this build, and which others of it are kept only when they are used. */
export function writeServiceWorker(site, { source: file, whenUsed }) {
  const { transpileModule, ScriptTarget, ModuleKind } = require('typescript');
  const source = readFileSync(file, 'utf8');
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
