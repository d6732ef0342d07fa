import { forPoints, type PointFormat } from '../../points/access.ts';
import type { DispatchWork } from '../../runtime/dispatch-work.ts';
import { defineKernel, type Kernel } from '../../runtime/kernel.ts';
import { defineParams } from '../../runtime/params.ts';
import tiles from '../neighbors/query-tiles.wgsl';
import source from './nearest-outside.wgsl';
import { TILED_SLICE, tileWork, type TiledQueries, type TiledSlice } from './tiled-queries.ts';

const sliceStruct = defineParams('Slice', TILED_SLICE);

const nearestOutside = defineKernel('nearest-outside', source, {
  points: 'read',
  queries: 'read',
  queryPlaces: 'read',
  rowPlaces: 'read',
  edges: 'read-write',
  slice: sliceStruct,
});

/** Bytes of an edge: the bits of its weight and squared distance, and a row. */
const EDGE_BYTES = 16;

/** The shortest edge of each query and part to a row of another component. Constants: the points'. */
export function nearestOutsideKernel(format: PointFormat): Kernel<keyof typeof nearestOutside.bindings> {
  return forPoints(nearestOutside, format, [tiles]);
}

export function nearestOutsideSlice(queries: TiledQueries, slice: TiledSlice): ArrayBuffer {
  return sliceStruct.pack({ ...slice, ...queries });
}

/** See `tileWork`. */
export function nearestOutsideWork(
  queries: TiledQueries,
  candidates: number,
  valueBytes: number,
): DispatchWork {
  return tileWork(queries, candidates, valueBytes, EDGE_BYTES);
}
