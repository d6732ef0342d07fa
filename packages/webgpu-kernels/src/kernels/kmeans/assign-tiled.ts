import { forPoints, type PointFormat } from '../../points/access.ts';
import { defineKernel, linearGrid, type Grid, type Kernel } from '../../runtime/kernel.ts';
import tile from '../common/tile.wgsl';
import source from './assign-tiled.wgsl';
import candidates from './candidates.wgsl';
import { stateModule } from './state.ts';
import tiledCandidates from './tiled-candidates.wgsl';

const assignTiled = defineKernel('assign-tiled', source, {
  points: 'read',
  targets: 'read',
  halfNorms: 'read',
  weights: 'read',
  state: 'read',
  labels: 'read-write',
  distances: 'read-write',
  partials: 'read-write',
  chunk: 'uniform',
});

const TILE_ROWS = 128;
/** Labels pass through floats. */
const MOST_CLUSTERS = 2 ** 24;

/**
 * Nearest centroid (`targets`) of every point, by products; `halfNorms` as `halfNormsOf` has them. Its `chunk` is what
 * `assignParams` packs. Constants: `weighted`, the points'.
 */
export function assignTiledKernel(format: PointFormat): Kernel<keyof typeof assignTiled.bindings> {
  return forPoints(assignTiled, format, [tile, stateModule, candidates, tiledCandidates]);
}

/** Whether the kernel can tell that many clusters apart. */
export function canTile(clusters: number): boolean {
  return clusters <= MOST_CLUSTERS;
}

/** Fewer clusters leave too much of a tile of 64 idle, since a product costs half a square. */
const LEAST_CLUSTERS = 33;
/** Fewer steps along centroids and columns do not pay for what surrounds them; measured, see docs/kernels.md. */
const LEAST_STEPS = 16;

/** Whether the kernel is faster than `assign`. */
export function tilingPays(columns: number, clusters: number): boolean {
  return clusters >= LEAST_CLUSTERS && Math.ceil(clusters / 64) * Math.ceil(columns / 16) >= LEAST_STEPS;
}

/** One workgroup per 128 points. */
export function assignTiledGrid(rows: number): Grid {
  return linearGrid(Math.ceil(rows / TILE_ROWS));
}

/**
 * Half the squared length of each centroid and, last, the largest of them: K + 1 values.
 *
 * @param centroids K x D
 */
export function halfNormsOf(centroids: Float32Array, clusters: number): Float32Array {
  const columns = centroids.length / clusters;
  const norms = new Float32Array(clusters + 1);
  for (let k = 0; k < clusters; k++) {
    let sum = 0;
    for (const value of centroids.subarray(k * columns, (k + 1) * columns)) sum += value * value;
    norms[k] = sum / 2;
    norms[clusters] = Math.max(norms[clusters], norms[k]);
  }
  return norms;
}
