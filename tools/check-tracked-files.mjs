// Fails when a tracked file names a package registry or a folder of one person's machine.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root, run } from './command.mjs';
import { findLeaks } from './leaks.mjs';

const { code, output } = await run('git', ['ls-files', '-z']);
if (code !== 0) throw new Error(`git ls-files failed: ${output}`);
const configured = (await run('npm', ['config', 'get', 'registry'])).output;
const host = /https?:\/\/([^/\s]+)/.exec(configured)?.[1];

let found = 0;
for (const file of output.split('\0').filter((name) => name !== '')) {
  const text = await readFile(join(root, file), 'latin1').catch(() => '');
  for (const leak of findLeaks(text, host === undefined ? [] : [host])) {
    console.error(`${file}:${leak.line}: ${leak.text}`);
    found++;
  }
}
if (found > 0) process.exitCode = 1;
