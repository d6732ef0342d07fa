import { rangeFields, type RowRange } from '../common/row-range.ts';
import { forPoints, type PointFormat } from '../../points/access.ts';
import { defineKernel, linearGrid, type Grid, type Kernel } from '../../runtime/kernel.ts';
import { defineParams } from '../../runtime/params.ts';
import { pointTiles, tileDistances } from '../common/tile-distances.ts';
import source from './add-seeds.wgsl';

const paramsStruct = defineParams('Params', {
  firstRow: 'u32',
  rows: 'u32',
  columns: 'u32',
  first: 'u32',
  end: 'u32',
  before: 'u32',
});

const addSeeds = defineKernel('add-seeds', source, {
  points: 'read',
  targets: 'read',
  seedDistances: 'read-write',
  nearestSeeds: 'read-write',
  params: paramsStruct,
});

/** Updates the nearest seed of each point with more seeds (`targets`). Constants: `tile_groups`, the points'. */
export function addSeedsKernel(format: PointFormat): Kernel<keyof typeof addSeeds.bindings> {
  return forPoints(addSeeds, format, [tileDistances]);
}

/**
 * @param first first of the targets to add
 * @param end one past the last target
 * @param before number of seeds before the first of all targets
 */
export function addSeedsParams(
  chunk: RowRange,
  columns: number,
  first: number,
  end: number,
  before: number,
): ArrayBuffer {
  return paramsStruct.pack({ ...rangeFields(chunk), columns, first, end, before });
}

/** One workgroup per 64 points. */
export function addSeedsGrid(rows: number): Grid {
  return linearGrid(pointTiles(rows));
}
