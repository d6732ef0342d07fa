import { chunkRows, forEachChunk } from '../chunks.ts';
import { DataError } from '../errors.ts';
import { gatherRows, matrix, sliceRows, type Matrix } from '../matrix.ts';
import { POINT_DISTANCES } from '../metrics/distance-metrics.ts';
import type { CondensedTree } from '../tree/condense.ts';
import { SoftMemberships, type TreePlace } from '../tree/soft-memberships.ts';
import type { HdbscanSettings } from './hdbscan-settings.ts';

/** What memberships need of a model. */
interface ModelWithExemplars {
  readonly settings: HdbscanSettings;
  readonly tree: CondensedTree;
  readonly chosen: Uint32Array;
  readonly exemplars: readonly Uint32Array[];
  readonly points: Matrix;
}

/** Points, where they are in the tree, and whether they were there when it was made. */
interface PointsInTree {
  /** After scaling, M x D. */
  readonly space: Matrix;
  readonly places: readonly TreePlace[];
  readonly fitted: boolean;
}

/**
 * How much points belong to each cluster, M x K.
 *
 * @throws {DataError} when there are no clusters
 * @throws the signal's reason when it is aborted
 */
export async function softMemberships(
  { settings, tree, chosen, exemplars, points }: ModelWithExemplars,
  { space, places, fitted }: PointsInTree,
  signal: AbortSignal | undefined,
): Promise<Matrix> {
  const clusters = chosen.length;
  if (clusters === 0) {
    throw new DataError('The model has no clusters, so there are no memberships. Fit with other settings.');
  }
  const { columns, rows } = space;
  const between = POINT_DISTANCES[settings.metric];
  const examples = exemplars.map((members) => gatherRows(points, members));
  const soft = new SoftMemberships(tree, chosen);
  const out = new Float64Array(rows * clusters);
  const distances = new Float64Array(clusters);
  const perRow = examples.reduce((sum, { length }) => sum + length, 0);
  await forEachChunk(rows, chunkRows(perRow), signal, (start, end) => {
    const part = gatherRows(
      sliceRows(space, start, end),
      Uint32Array.from({ length: end - start }, (_, i) => i),
    );
    for (let i = start; i < end; i++) {
      examples.forEach((values, k) => {
        distances[k] = Infinity;
        for (let at = 0; at < values.length; at += columns) {
          distances[k] = Math.min(distances[k], between(part, (i - start) * columns, values, at, columns));
        }
      });
      const row = out.subarray(i * clusters, (i + 1) * clusters);
      if (fitted) soft.ofFitted(places[i], distances, row);
      else soft.ofNew(places[i], distances, row);
    }
  });
  return matrix(out, rows, clusters);
}
