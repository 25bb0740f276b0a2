// Draws the PNG icons of the installed app from web/public/icon.svg. usage: node --import tsx tools/make-icons.ts
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { launchBrowser } from '../test/kit/browser/browser.ts';

const folder = path.join(import.meta.dirname, '..', 'web', 'public');
const svg = readFileSync(path.join(folder, 'icon.svg')).toString('base64');
const browser = await launchBrowser();
for (const size of [180, 192, 512]) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(
    `<body style="margin:0"><img src="data:image/svg+xml;base64,${svg}" width="${size}" style="display:block">`,
  );
  await page.screenshot({ path: path.join(folder, `icon-${size}.png`) });
}
await browser.close();
