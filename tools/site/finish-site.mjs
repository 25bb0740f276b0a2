import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { filesBelow } from '../files-below.mjs';
import { writeFirstQuestion } from './first-question.mjs';
import { writeServiceWorker } from './service-worker.mjs';

/** Makes of what the builder has built what is served. `whenUsed`: addresses of files that are kept in a browser only when used. */
export function finishSite(site, { sources, whenUsed }) {
  fitPage(site);
  compileAtOnce(site);
  writeFirstQuestion(site, path.join(sources, 'src/app/graphql/graphql.ts'));
  const source = path.join(sources, 'service-worker/service-worker.ts');
  writeServiceWorker(site, { source, whenUsed });
  precompress(site);
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
