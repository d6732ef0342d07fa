import { forPoints, type PointFormat } from '../../points/access.ts';
import { defineKernel, linearGrid, type Grid, type Kernel } from '../../runtime/kernel.ts';
import { defineParams } from '../../runtime/params.ts';
import { pointTiles, tileDistances } from '../common/tile-distances.ts';
import source from './distances.wgsl';

const paramsStruct = defineParams('Params', { skip: 'u32', rows: 'u32', columns: 'u32', clusters: 'u32' });

const distances = defineKernel('distances', source, {
  points: 'read',
  targets: 'read',
  output: 'read-write',
  params: paramsStruct,
});

/** Distances of points to all centroids (`targets`). Constants: `tile_groups`, the points'. */
export function distancesKernel(format: PointFormat): Kernel<keyof typeof distances.bindings> {
  return forPoints(distances, format, [tileDistances]);
}

/**
 * @param skip first wanted row of the chunk
 * @param end one past the last wanted row
 */
export function distancesParams(skip: number, end: number, columns: number, clusters: number): ArrayBuffer {
  return paramsStruct.pack({ skip, rows: end, columns, clusters });
}

/** One workgroup per 64 wanted rows. */
export function distancesGrid(rows: number): Grid {
  return linearGrid(pointTiles(rows));
}
