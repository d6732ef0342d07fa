import {
  gatherRows,
  matrix,
  Pca,
  Random,
  type Engine,
  type Matrix,
  type ProgressListener,
} from '@shoal/core';
import { blocksIn, type ClusterSpace } from './cluster-space.ts';
import { farOrigin } from './far-origin.ts';
import { identityMap, placeRows, type LinearMap } from './linear-map.ts';
import { findBroken } from './points.ts';

/** Points on the map. */
export interface Projection {
  /** N x 2; NaN for a point that is not finite. */
  readonly positions: Float32Array;
  /** A description of the axes, for people. */
  readonly name: string;
  /** The map from the space of the clusters, for anything else to be shown. */
  readonly map: LinearMap;
}

export interface ProjectionOptions {
  readonly seed?: number | undefined;
  /** The engine that computes the principal components; default the one that `defaultEngine` opens. */
  readonly engine?: Engine | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ProgressListener | undefined;
}

/** The most points from which the two directions are computed: more would not improve them, and this is fast. */
const PCA_ROWS = 5000;
/** The most values of those points, where points have many columns. */
const PCA_VALUES = 1 << 24;

/**
 * Projects points from the space of the clusters onto a map: their one or two columns, else the two directions of largest
 * spread, computed from at most 5,000 points.
 *
 * @param points N x D
 * @throws the signal's reason when it is aborted
 */
export async function projectPoints(
  points: Matrix,
  space: Pick<ClusterSpace, 'scalings'>,
  options: ProjectionOptions = {},
): Promise<Projection> {
  const { signal, onProgress } = options;
  const { map, name } = await chooseMap(points, space, options);
  const positions = new Float32Array(2 * points.rows);
  for await (const block of blocksIn(space, points, signal)) {
    const { start, broken } = block;
    placeRows(block.points.data, block.points.scale, map, positions, start);
    broken?.forEach((isBroken, i) => {
      if (isBroken === 1) positions.fill(NaN, 2 * (start + i), 2 * (start + i) + 2);
    });
    onProgress?.({ phase: 'projection', completed: start + block.points.rows, total: points.rows });
  }
  return { positions, name, map };
}

async function chooseMap(
  points: Matrix,
  space: Pick<ClusterSpace, 'scalings'>,
  { seed = 0, engine, signal }: ProjectionOptions,
): Promise<Pick<Projection, 'map' | 'name'>> {
  const { columns } = points;
  const sample = drawRows(points, seed);
  if (columns <= 2) {
    // Positions are float32: coordinates far from 0 would be rounded to a coarse grid.
    const origin = sample && farOrigin(await wholeBlock(space, sample, signal));
    return { map: identityMap(columns, origin), name: columns === 1 ? 'the only column' : 'the two columns' };
  }
  // A single point has no directions of spread.
  if (sample === undefined || sample.rows < 2)
    return { map: identityMap(columns), name: 'the first two columns' };
  // A map needs directions to the precision of a pixel, not to the last digit.
  const fitted = new Pca({ components: 2, iterations: 4, oversampling: 6, seed, engine });
  const scaled = await wholeBlock(space, sample, signal);
  const { components, mean } = await fitted.fit(scaled, { signal });
  return {
    map: { origin: mean, axes: Float64Array.from(components.data) },
    name: 'the first two principal components',
  };
}

/** At most `PCA_ROWS` finite rows, drawn by the seed. */
function drawRows(points: Matrix, seed: number): Matrix | undefined {
  const broken = findBroken(points);
  const count = Math.min(points.rows, PCA_ROWS, Math.max(2, Math.floor(PCA_VALUES / points.columns)));
  const rows = new Random(seed)
    .distinct(count, points.rows)
    .filter((row) => broken?.[row] !== 1)
    .sort();
  return rows.length === 0 ? undefined : matrix(gatherRows(points, rows), rows.length, points.columns);
}

async function wholeBlock(
  space: Pick<ClusterSpace, 'scalings'>,
  points: Matrix,
  signal: AbortSignal | undefined,
): Promise<Matrix> {
  const data = new Float64Array(points.rows * points.columns);
  for await (const { start, points: block } of blocksIn(space, points, signal)) {
    data.set(block.data, start * points.columns);
  }
  return matrix(data, points.rows, points.columns);
}
