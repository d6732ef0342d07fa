import type { SeedPasses } from '@shoal/core/engine-kit';
import type { ResidentPoints } from '../resident-points.ts';
import { Seeds } from './seeds.ts';

/** Passes of seeding whose seeds and candidates are rows of the session's own points. */
export function passesByRow(seeds: Seeds, points: ResidentPoints, rows: number): SeedPasses {
  return {
    rows,
    most: Seeds.most,
    forget: () => {
      seeds.forget();
    },
    run: (added, first, candidates, step) =>
      seeds.run({ rows: points.readRows(added), first }, points.readRows(candidates), step),
    adopt: (candidate) => {
      seeds.adopt(candidate);
    },
    draw: (targets, step, waiting) =>
      seeds.draw(
        targets,
        0,
        step,
        waiting && { rows: points.readRows(Uint32Array.of(waiting.row)), first: waiting.number },
      ),
    weights: (count) => seeds.totalWeights(count),
  };
}
