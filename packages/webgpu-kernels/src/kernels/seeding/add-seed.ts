import { forPoints, type PointFormat } from '../../points/access.ts';
import { defineKernel, linearGrid, type Grid, type Kernel } from '../../runtime/kernel.ts';
import { packParams } from '../../runtime/params.ts';
import { pointTiles, tileDistances } from '../common/tile-distances.ts';
import source from './add-seed.wgsl';

const addSeed = defineKernel('add-seed', source, {
  points: 'read',
  targets: 'read',
  seedDistances: 'read-write',
  params: 'uniform',
});

/** Distances to the nearest seed after one more (`targets`, one row). Constants: `tile_groups`, the points'. */
export function addSeedKernel(format: PointFormat): Kernel<keyof typeof addSeed.bindings> {
  return forPoints(addSeed, format, [tileDistances]);
}

/** @param seeded whether there are seeds already */
export function addSeedParams(
  chunk: { readonly start: number; readonly rows: number },
  columns: number,
  seeded: boolean,
): ArrayBuffer {
  return packParams([
    ['u32', chunk.start],
    ['u32', chunk.rows],
    ['u32', columns],
    ['u32', seeded ? 1 : 0],
  ]);
}

/** One workgroup per 64 points. */
export function addSeedGrid(rows: number): Grid {
  return linearGrid(pointTiles(rows));
}
