import { join } from 'node:path';
import { writePoints } from './part.mjs';
import { besides, rawError, shoal } from './shoal.mjs';

/**
 * `kill -9` at any moment of a fit that replaces a run: after each kill there is a run, and at the end nothing else.
 */
/** @type {import('./part.mjs').Part} */
export const kills = {
  name: 'kills',
  title: 'random kills of fits that replace a run',
  share: 0.4,
  async run({ folder, random, scale, isOver }) {
    const cwd = folder;
    await writePoints(join(folder, 'points.csv'), 500, 2, random);
    const fit = ['fit', 'points.csv', '-k', '3', '-o', 'run', '--engine', 'wasm', '--threads', '1'];
    const first = await shoal(fit, { cwd });
    /** @type {string[]} */
    const defects =
      first.status === 0 ? [] : [`the first fit ended with ${String(first.status)}: ${first.stderr}`];
    let { seconds } = first;
    let tried = 0;
    let killed = 0;
    for (; tried < Math.ceil(160 * scale) && !isOver(); tried++) {
      // Half of them near the end, where the folder is replaced.
      const after = seconds * (tried % 2 === 0 ? random() : 0.75 + 0.3 * random());
      const ending = await shoal([...fit, '--force', '--seed', String(tried)], {
        cwd,
        signal: 'SIGKILL',
        after,
      });
      if (ending.status === null) killed++;
      const next =
        tried % 4 === 3
          ? await shoal([...fit, '--force'], { cwd })
          : await shoal(['predict', 'run', 'points.csv', '--engine', 'wasm', '--threads', '1'], { cwd });
      if (next.status !== 0) {
        defects.push(
          `after a kill at ${after.toFixed(3)} s the next command ended with ${String(next.status)}: ${next.stderr}`,
        );
        break;
      }
      const raw = rawError(next);
      if (raw !== undefined) defects.push(`after a kill ${raw}`);
      if (tried % 4 === 3) {
        seconds = next.seconds;
        const left = await besides(folder, ['points.csv', 'run']);
        if (left.length > 0) defects.push(`after the next fit there was ${left.join(', ')}`);
      }
    }
    return { tried, defects, note: `${killed} were killed before they had ended` };
  },
};
