import { join } from 'node:path';
import { rm } from 'node:fs/promises';
import { writePoints } from './part.mjs';
import { besides, rawError, shoal } from './shoal.mjs';

/**
 * Greatest number of seconds from the first Ctrl-C to the end of a command; the processors may be busy with other work.
 */
const PATIENCE = 1.5;

/** @type {readonly (readonly string[])[]} fits that take seconds */
const FITS = [
  ['-m', 'kmeans', '-k', '200', '--n-init', '50'],
  ['-m', 'gmm', '-k', '60'],
  ['-m', 'umap-gmm', '-k', '5'],
  ['-m', 'umap-cut', '-k', '20'],
  ['-m', 'ae-gmm', '-k', '5'],
  ['-m', 'n2d', '-k', '5'],
  ['-m', 'idec', '-k', '5'],
  ['-m', 'vade', '-k', '5'],
];

/** Ctrl-C and SIGTERM at any moment of every method. */
/** @type {import('./part.mjs').Part} */
export const signals = {
  name: 'signals',
  title: 'signals at random moments of every method',
  share: 0.25,
  async run({ folder, random, scale, isOver }) {
    const cwd = folder;
    await writePoints(join(folder, 'points.csv'), 6000, 20, random);
    /** @type {string[]} */
    const defects = [];
    let tried = 0;
    let slowest = 0;
    for (; tried < Math.ceil(80 * scale) && !isOver(); tried++) {
      const method = FITS[tried % FITS.length];
      const signal = random() < 0.5 ? 'SIGINT' : 'SIGTERM';
      const after = 0.1 + 4 * random() ** 2;
      const args = ['fit', 'points.csv', '-o', 'run', '--engine', 'wasm', '--force', ...method];
      const ending = await shoal(args, { cwd, signal, after });
      const about = `${method.join(' ')}, ${signal} after ${after.toFixed(2)} s`;
      // A signal that comes before the command listens ends it as the system does.
      if (ending.status !== 130 && ending.status !== 0 && !(ending.status === null && after < 0.5)) {
        defects.push(`${about}: ended with ${String(ending.status)}: ${ending.stderr}`);
      }
      const raw = rawError(ending);
      if (raw !== undefined) defects.push(`${about}: ${raw}`);
      slowest = Math.max(slowest, ending.secondsToEnd);
      if (ending.secondsToEnd > PATIENCE)
        defects.push(`${about}: took ${ending.secondsToEnd.toFixed(1)} s to end`);
      if (ending.status !== null) {
        const left = await besides(folder, ['points.csv', 'run']);
        if (left.length > 0) defects.push(`${about}: ${left.join(', ')} was left`);
      }
      await rm(join(folder, 'run'), { recursive: true, force: true });
    }
    return { tried, defects, note: `the slowest took ${slowest.toFixed(2)} s to end` };
  },
};
