import { chunkRows, forEachChunk, inTurns, type Pausable } from '../chunks.ts';
import { distanceIn, type DensityMetric } from '../density/metric.ts';
import { squaredDistance } from '../engine/arithmetic/squared-distance.ts';
import { requireHeld } from '../linear-algebra/matrix-size.ts';
import type { Matrix } from '../matrix.ts';
import type { ProgressListener } from '../progress.ts';
import type { TreeEdges } from '../tree/linkage.ts';

/** Distance of a cluster to the merge of two others, from its distances to both and their sizes. */
type Update = (toA: number, toB: number, sizeA: number, sizeB: number) => number;

const UPDATES: Readonly<Record<'average' | 'complete', Update>> = {
  average: (toA, toB, sizeA, sizeB) => (sizeA * toA + sizeB * toB) / (sizeA + sizeB),
  complete: (toA, toB) => Math.max(toA, toB),
};

/** How to make a tree of distances. */
export interface ChainOptions {
  readonly linkage: 'average' | 'complete';
  readonly metric: DensityMetric;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ProgressListener | undefined;
}

/**
 * Average or complete linkage by a chain of nearest neighbors: each cluster's nearest one follows it until two are each
 * other's nearest, which are merged (Murtagh 1983; Müllner, "Modern hierarchical, agglomerative clustering algorithms",
 * arXiv:1109.2378). Holds all N (N - 1) / 2 distances in float64, and takes time that grows with N².
 *
 * @param points compared points, N x D; see `toCompared`
 * @param sizes how many points each one stands for, N values
 * @returns one edge for each merge; see `linkage`
 * @throws {UnsupportedError} when there are more than 2^29 distances
 * @throws the signal's reason when it is aborted
 */
export async function chainTree(
  points: Matrix,
  sizes: Float64Array,
  { linkage, metric, signal, onProgress }: ChainOptions,
): Promise<TreeEdges> {
  const { rows, columns } = points;
  requireHeld(
    `The distances of ${rows} points`,
    (rows * (rows - 1)) / 2,
    'Give microClusters, or take the linkage ward or single.',
  );
  const distances = new CondensedDistances(rows);
  await forEachChunk(rows, chunkRows(rows * columns), signal, (start, end) => {
    for (let i = start; i < end; i++) {
      for (let k = 0; k < i; k++) {
        distances.set(i, k, distanceIn(metric, Math.sqrt(squaredDistance(points, i, k))));
      }
    }
  });
  return inTurns(mergeAlongChain(distances, sizes.slice(), UPDATES[linkage], onProgress), signal);
}

/** The distances of N things to each other, each once. */
class CondensedDistances {
  readonly rows: number;
  readonly #values: Float64Array;

  constructor(rows: number) {
    this.rows = rows;
    this.#values = new Float64Array((rows * (rows - 1)) / 2);
  }

  at(i: number, k: number): number {
    return this.#values[indexOf(i, k)];
  }

  set(i: number, k: number, distance: number): void {
    this.#values[indexOf(i, k)] = distance;
  }
}

function indexOf(i: number, k: number): number {
  return i > k ? (i * (i - 1)) / 2 + k : (k * (k - 1)) / 2 + i;
}

function* mergeAlongChain(
  distances: CondensedDistances,
  sizes: Float64Array,
  update: Update,
  onProgress: ProgressListener | undefined,
): Pausable<TreeEdges> {
  const total = distances.rows - 1;
  const [from, to, weights] = [new Uint32Array(total), new Uint32Array(total), new Float64Array(total)];
  let active = Uint32Array.from(sizes.keys());
  const chain: number[] = [];
  for (let merge = 0; merge < total;) {
    if (chain.length === 0) chain.push(active[0]);
    const end = chain[chain.length - 1];
    const before = chain.at(-2);
    const nearest = nearestOf(end, before, active, distances);
    yield;
    if (nearest !== before) {
      chain.push(nearest);
      continue;
    }
    chain.length -= 2;
    const [a, b] = [Math.min(end, nearest), Math.max(end, nearest)];
    [from[merge], to[merge], weights[merge]] = [a, b, distances.at(a, b)];
    active = active.filter((cluster) => cluster !== b);
    for (const other of active) {
      if (other === a) continue;
      const joined = update(distances.at(a, other), distances.at(b, other), sizes[a], sizes[b]);
      distances.set(a, other, joined);
    }
    sizes[a] += sizes[b];
    merge++;
    onProgress?.({ phase: 'merges', completed: merge, total });
  }
  return { from, to, weights };
}

/** The nearest cluster: of equally near ones the one before in the chain, so that chains end, and then the lowest. */
function nearestOf(
  cluster: number,
  before: number | undefined,
  active: Uint32Array,
  distances: CondensedDistances,
): number {
  let nearest = before ?? -1;
  let least = before === undefined ? Infinity : distances.at(cluster, before);
  for (const other of active) {
    if (other === cluster) continue;
    const distance = distances.at(cluster, other);
    if (distance < least) [nearest, least] = [other, distance];
  }
  return nearest;
}
