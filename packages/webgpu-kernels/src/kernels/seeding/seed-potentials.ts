import { forPoints, type PointFormat } from '../../points/access.ts';
import { defineKernel, linearGrid, type Grid, type Kernel } from '../../runtime/kernel.ts';
import { defineParams } from '../../runtime/params.ts';
import { pointTiles, tileDistances } from '../common/tile-distances.ts';
import source from './seed-potentials.wgsl';

const paramsStruct = defineParams('Params', {
  firstRow: 'u32',
  rows: 'u32',
  columns: 'u32',
  candidates: 'u32',
  groups: 'u32',
  seeded: 'u32',
});

const seedPotentials = defineKernel('seed-potentials', source, {
  points: 'read',
  targets: 'read',
  weights: 'read',
  seedDistances: 'read',
  partials: 'read-write',
  params: paramsStruct,
});

/** Potentials of candidate seeds (`targets`). Constants: `weighted`, `tile_groups`, the points'. */
export function seedPotentialsKernel(format: PointFormat): Kernel<keyof typeof seedPotentials.bindings> {
  return forPoints(seedPotentials, format, [tileDistances]);
}

/**
 * @param totalRows rows of all chunks
 * @param seeded whether there are seeds already
 */
export function seedPotentialsParams(
  chunk: { readonly start: number; readonly rows: number },
  columns: number,
  candidates: number,
  totalRows: number,
  seeded: boolean,
): ArrayBuffer {
  return paramsStruct.pack({
    firstRow: chunk.start,
    rows: chunk.rows,
    columns,
    candidates,
    groups: pointTiles(totalRows),
    seeded,
  });
}

/** One workgroup per 64 points. */
export function seedPotentialsGrid(rows: number): Grid {
  return linearGrid(pointTiles(rows));
}
