import { inTurns, type Pausable } from '../chunks.ts';
import { gatherRows, type Matrix } from '../matrix.ts';
import { matrixOf, type MatrixLike } from '../points-like.ts';
import { assertNoOverflow, partitionPoints } from './cluster-partition.ts';
import { POINT_DISTANCES } from './distance-metrics.ts';
import { innerTree, type InnerTree } from './inner-tree.ts';
import { encodeLabels, type Label, type Labels } from './labels.ts';

/** How well clusters are separated by low density. */
export interface DensityValidity {
  /** Mean of the clusters by their shares of all points, noise included; -1 to 1, the greater the better. */
  readonly score: number;
  /** Of each cluster, in ascending order of labels. */
  readonly clusters: readonly ClusterValidity[];
}

/** How well one cluster is separated by low density. */
export interface ClusterValidity {
  readonly label: Label;
  readonly size: number;
  /** -1 to 1: above 0 when the least dense place within is denser than the densest way to another cluster. */
  readonly validity: number;
}

/**
 * DBCV: density-based clustering validation, for clusters of any shape and for noise (Moulavi, Jaskowiak, Campello, Zimek &
 * Sander, SDM 2014), as `hdbscan.validity.validity_index` computes it. Noise lowers the score by its share. A cluster of one
 * point has no density, and counts as 0. Takes time that grows with the square of the points, and memory for N of them.
 *
 * @param given rows x columns: rows of numbers, `{ data, columns }` or a matrix
 * @param labels one per point; -1 and `NO_CLUSTER` are noise
 * @throws {ShapeError} when there is not one label per point
 * @throws {DataError} for NaN or infinite values, bad labels, or not 2 to points - 1 clusters
 * @throws the signal's reason when it is aborted
 */
export async function densityValidity(
  given: MatrixLike,
  labels: Labels,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<DensityValidity> {
  const all = matrixOf(given);
  const { points, rows, order, starts, clusters } = partitionPoints(all, labels);
  const trees: InnerTree[] = [];
  for (let k = 0; k < clusters; k++) {
    const members = order.subarray(starts[k], starts[k + 1]);
    trees.push(await inTurns(innerTree(gatherRows(points, members), points.columns), signal));
  }
  const separations = await inTurns(separationsOf(trees, points), signal);
  const ofClustered = rows === undefined ? labels : Array.from(rows, (row) => labels[row]);
  const { values } = encodeLabels(ofClustered, 'labels');
  const scored = trees.map(({ size, sparseness }, k): ClusterValidity => {
    const validity = size === 1 ? 0 : ratio(separations[k], sparseness);
    return { label: values[k], size, validity };
  });
  const score = scored.reduce((sum, { size, validity }) => sum + (size / all.rows) * validity, 0);
  return { score, clusters: scored };
}

/** (separation - sparseness) / the greater of both; 0 where both are. */
function ratio(separation: number, sparseness: number): number {
  const greater = Math.max(separation, sparseness);
  assertNoOverflow(greater);
  return greater === 0 ? 0 : (separation - sparseness) / greater;
}

/** The least mutual reachability of inner points of each cluster to those of any other, K values. */
function* separationsOf(trees: readonly InnerTree[], { columns }: Matrix): Pausable<Float64Array> {
  const separations = new Float64Array(trees.length).fill(Infinity);
  for (let a = 0; a < trees.length; a++) {
    for (let b = a + 1; b < trees.length; b++) {
      let least = Infinity;
      for (const i of trees[a].inner) {
        for (const j of trees[b].inner) {
          const apart = POINT_DISTANCES.euclidean(
            trees[a].values,
            i * columns,
            trees[b].values,
            j * columns,
            columns,
          );
          least = Math.min(least, Math.max(apart, trees[a].core[i], trees[b].core[j]));
        }
        yield;
      }
      separations[a] = Math.min(separations[a], least);
      separations[b] = Math.min(separations[b], least);
    }
  }
  return separations;
}
