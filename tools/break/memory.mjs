import { join } from 'node:path';
import { run as runTool } from '../command.mjs';
import { writePoints } from './part.mjs';
import { rawError, shoal } from './shoal.mjs';

const GIB = 2 ** 30;
/** Address space of a process, in GiB; Node.js itself and WebAssembly reserve much more than they use. */
const LIMITS = [2, 4, 6, 8, 10, 12, 16, 24, 32];

/** Address spaces that are too small: the outcome must be a result, or one sentence about the missing memory. */
/** @type {import('./part.mjs').Part} */
export const memory = {
  name: 'memory',
  title: 'address spaces of 2 to 32 GiB',
  share: 0.05,
  async run({ folder, random, isOver }) {
    if ((await runTool('prlimit', ['--version'])).code !== 0) {
      return { tried: 0, defects: [], missing: 'prlimit is not installed' };
    }
    await writePoints(join(folder, 'points.csv'), 3000, 4, random);
    /** @type {string[]} */
    const defects = [];
    let tried = 0;
    for (const limit of LIMITS) {
      if (isOver()) break;
      // TensorFlow.js has its own memory.
      const method = tried % 3 === 2 ? 'ae-kmeans' : 'gmm';
      const ending = await shoal(['fit', 'points.csv', '-k', '3', '-m', method, '-o', `run${limit}`], {
        cwd: folder,
        before: ['prlimit', `--as=${limit * GIB}`],
      });
      tried++;
      // With less than a few GiB Node.js itself cannot start, so Shoal has not run.
      if (/FATAL ERROR|Fatal process|Check failed/.test(ending.stderr) && !ending.stderr.includes('engine '))
        continue;
      const raw = rawError(ending);
      if (raw !== undefined) defects.push(`${limit} GiB: ${raw}`);
    }
    return { tried, defects };
  },
};
