import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writePoints } from './part.mjs';
import { besides, rawError, shoal } from './shoal.mjs';

/**
 * Two fits into one folder at once: either one is refused before its work, or both write one after the other, as
 * allowed.
 */
/** @type {import('./part.mjs').Part} */
export const writers = {
  name: 'writers',
  title: 'rounds of two writers of one folder',
  share: 0.15,
  async run({ folder, random, scale, isOver }) {
    const cwd = folder;
    await writePoints(join(folder, 'points.csv'), 500, 2, random);
    /** @type {string[]} */
    const defects = [];
    let tried = 0;
    let refused = 0;
    for (; tried < Math.ceil(50 * scale) && !isOver(); tried++) {
      const replaces = tried % 2 === 0;
      if (!replaces) await rm(join(folder, 'run'), { recursive: true, force: true });
      const endings = await Promise.all(
        [1, 2].map(async (seed) => {
          const pause = 200 * random() * (tried % 3);
          await new Promise((resolve) => setTimeout(resolve, pause));
          const fit = ['fit', 'points.csv', '-k', '3', '-o', 'run', '--engine', 'wasm', '--threads', '1'];
          return shoal([...fit, '--seed', String(seed), ...(replaces ? ['--force'] : [])], { cwd });
        }),
      );
      const good = endings.filter(({ status }) => status === 0).length;
      const wrong = endings.filter(
        ({ status, stderr }) =>
          status !== 0 && !(status === 2 && /is being written by|exists already/.test(stderr)),
      );
      refused += 2 - good;
      if (good === 0) defects.push(`round ${tried}: neither could write`);
      if (good === 2 && !replaces) defects.push(`round ${tried}: both say that they wrote a new folder`);
      for (const ending of endings) {
        const raw = rawError(ending);
        if (raw !== undefined) defects.push(`round ${tried}: ${raw}`);
      }
      for (const { status, stderr } of wrong)
        defects.push(`round ${tried}: ended with ${String(status)}: ${stderr}`);
      const metrics = /** @type {{ seed: number }} */ (
        JSON.parse(await readFile(join(folder, 'run', 'metrics.json'), 'utf8'))
      );
      // Of two that both wrote, either may have been last.
      const winner = endings.findIndex(({ status }) => status === 0) + 1;
      if (good === 1 && metrics.seed !== winner)
        defects.push(`round ${tried}: the run is not that of the writer that ended well`);
      const left = await besides(folder, ['points.csv', 'run']);
      if (left.length > 0) defects.push(`round ${tried}: ${left.join(', ')} was left`);
    }
    return { tried, defects, note: `${refused} were refused before they worked` };
  },
};
