import { forPoints, type PointFormat } from '../../points/access.ts';
import type { DispatchWork } from '../../runtime/dispatch-work.ts';
import { defineKernel, type Kernel } from '../../runtime/kernel.ts';
import { defineParams } from '../../runtime/params.ts';
import tiles from '../neighbors/query-tiles.wgsl';
import { TILED_SLICE, tileWork, type TiledQueries, type TiledSlice } from './tiled-queries.ts';
import source from './within-radius.wgsl';

const sliceStruct = defineParams('Slice', { ...TILED_SLICE, square: 'f32' });

const withinRadius = defineKernel('within-radius', source, {
  points: 'read',
  queries: 'read',
  labels: 'read',
  found: 'read-write',
  slice: sliceStruct,
});

/** Bytes of a result: a count and a label. */
const FOUND_BYTES = 8;

/** Number and lowest label of the rows within a radius of each query, for each part. Constants: the points'. */
export function withinRadiusKernel(format: PointFormat): Kernel<keyof typeof withinRadius.bindings> {
  return forPoints(withinRadius, format, [tiles]);
}

/** @param square the squared radius, a float32 number */
export function withinRadiusSlice(queries: TiledQueries, slice: TiledSlice, square: number): ArrayBuffer {
  return sliceStruct.pack({ ...slice, ...queries, square });
}

/** See `tileWork`. */
export function withinRadiusWork(
  queries: TiledQueries,
  candidates: number,
  valueBytes: number,
): DispatchWork {
  return tileWork(queries, candidates, valueBytes, FOUND_BYTES);
}
