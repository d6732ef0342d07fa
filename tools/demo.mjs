// `pnpm demo`: from a new clone to Shoal's main task. Arguments are passed on to `shoal reproduce`.
import { join } from 'node:path';
import { build, install, root, run } from './command.mjs';

/** @type {readonly (readonly [string, () => Promise<import('./command.mjs').Outcome>])[]} */
const steps = [
  ['Installing dependencies', install],
  // The command, and the library under it: the README goes on with both.
  ['Building', () => build('shoal')],
];

for (const [name, action] of steps) {
  const start = performance.now();
  process.stderr.write(`${name} ... `);
  const { code, output } = await action();
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  process.stderr.write(code === 0 ? `done in ${seconds} s\n` : `failed after ${seconds} s\n\n${output}\n`);
  if (code !== 0) process.exit(code);
}

const shoal = join(root, 'packages', 'cli', 'dist', 'bin.js');
const { code } = await run(process.execPath, [shoal, 'reproduce', '--force', ...process.argv.slice(2)], {
  inherit: true,
});
process.exit(code);
