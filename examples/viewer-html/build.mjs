// Puts the page and the viewer's scripts side by side: node build.mjs [folder, else dist]
import { copyFile, mkdir } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = import.meta.dirname;
const out = resolve(process.argv[2] ?? `${here}/dist`);
const script = import.meta.resolve('@shoal/viewer/standalone');
const files = [
  ...['index.html', 'page.mjs', 'flowers.mjs'].map((name) => `${here}/${name}`),
  fileURLToPath(script),
  // Only a page that fits needs the first, and one with maps by UMAP the second.
  fileURLToPath(new URL('standalone-fit-worker.js', script)),
  fileURLToPath(new URL('standalone-map-worker.js', script)),
];
await mkdir(out, { recursive: true });
for (const file of files) await copyFile(file, `${out}/${basename(file)}`);
