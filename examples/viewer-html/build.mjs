// Puts the page and the viewer's script side by side: node build.mjs [folder, else dist]
import { copyFile, mkdir } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = import.meta.dirname;
const out = resolve(process.argv[2] ?? `${here}/dist`);
const files = [
  ...['index.html', 'page.mjs', 'flowers.mjs'].map((name) => `${here}/${name}`),
  fileURLToPath(import.meta.resolve('@shoal/viewer/standalone')),
];
await mkdir(out, { recursive: true });
for (const file of files) await copyFile(file, `${out}/${basename(file)}`);
