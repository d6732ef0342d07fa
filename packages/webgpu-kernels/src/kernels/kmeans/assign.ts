import { forPoints, type PointFormat } from '../../points/access.ts';
import { defineKernel, linearGrid, type Grid, type Kernel } from '../../runtime/kernel.ts';
import { pointTiles, tileDistances } from '../common/tile-distances.ts';
import { assignTile } from './assign-tile.ts';
import source from './assign.wgsl';
import { chunkStruct, stateModule } from './state.ts';

const assign = defineKernel('assign', source, {
  points: 'read',
  targets: 'read',
  weights: 'read',
  state: 'read',
  labels: 'read-write',
  distances: 'read-write',
  partials: 'read-write',
  chunk: chunkStruct,
});

/** Nearest centroid (`targets`) of every point. Constants: `weighted`, `tile_groups`, the points'. */
export function assignKernel(format: PointFormat): Kernel<keyof typeof assign.bindings> {
  return forPoints(assign, format, [tileDistances, stateModule, assignTile]);
}

/** @param firstRow the chunk's first row, a multiple of 64 */
export function assignParams(firstRow: number, rows: number, columns: number, clusters: number): ArrayBuffer {
  return chunkStruct.pack({ firstRow, rows, columns, clusters });
}

/** One workgroup per 64 points. */
export function assignGrid(rows: number): Grid {
  return linearGrid(pointTiles(rows));
}
