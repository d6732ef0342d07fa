import type { BindingAccess, Grid } from '../../runtime/kernel.ts';
import { linearGrid } from '../../runtime/kernel.ts';
import tile from '../common/tile.wgsl';
import labels from './candidate-labels.wgsl';
import source from './candidates.wgsl';
import { chunkStruct, stateModule } from './state.ts';

/** The WGSL modules that turn candidates into labels. */
export const candidateModules: readonly string[] = [tile, stateModule, source, labels];

/**
 * Bindings of the kernels that find candidates by products; `halfNorms` is the result of `halfNormsOf`, and `chunk` that of
 * `assignParams`.
 */
export const candidateBindings = {
  points: 'read',
  targets: 'read',
  halfNorms: 'read',
  weights: 'read',
  state: 'read',
  labels: 'read-write',
  distances: 'read-write',
  partials: 'read-write',
  chunk: chunkStruct,
} as const satisfies Readonly<Record<string, BindingAccess>>;

export type CandidateBinding = keyof typeof candidateBindings;

const TILE_ROWS = 128;
/** The most clusters, because labels are stored in floats. */
export const MAX_CANDIDATES = 2 ** 24;

/** With fewer clusters too much of a tile of 64 is unused, because a product costs half as much as a squared difference. */
const MIN_CLUSTERS = 33;
/** With fewer steps along centroids and columns the overhead is larger than the gain; measured, see docs/kernels.md. */
const MIN_STEPS = 16;

/** Whether a kernel that finds candidates by products is faster than `assign`. */
export function tilingPays(columns: number, clusters: number): boolean {
  return (
    clusters >= MIN_CLUSTERS &&
    clusters <= MAX_CANDIDATES &&
    Math.ceil(clusters / 64) * Math.ceil(columns / 16) >= MIN_STEPS
  );
}

/** One workgroup per 128 points. */
export function candidatesGrid(rows: number): Grid {
  return linearGrid(Math.ceil(rows / TILE_ROWS));
}

/** Values of `halfNorms`. */
export function halfNormsLength(clusters: number): number {
  return clusters + 2;
}

/**
 * Half the squared length of each centroid and, last, the largest of them: K + 1 values. On the device one more value
 * follows, the largest magnitude of the points' values, for kernels of half floats.
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
