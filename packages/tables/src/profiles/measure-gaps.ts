import {
  createReferenceEngine,
  gatherRows,
  KMeans,
  matrix,
  Pca,
  Random,
  type Engine,
  type Matrix,
} from '@shoal/core';
import { clusterGaps, meanGap, type LabeledPoints } from './cluster-gaps.ts';
import type { Groups } from './groups.ts';
import { drawRows } from './sample.ts';
import type { NearestCluster, ProfilePoints } from './types.ts';

/** How far the clusters are apart. */
export interface Gaps {
  /** By cluster; undefined for empty ones. */
  readonly nearest: readonly (NearestCluster | undefined)[];
  /** Mean over the points. */
  readonly gap: number;
  /** The same for clusters by k-means in points without groups. */
  readonly chanceGap: number;
}

/** A sample of the points is enough, and k-means on it takes no time to speak of. */
const MAX_POINTS = 2000;
/** Points of more columns are projected on as many principal components. */
const MAX_COMPONENTS = 20;
/** More clusters are not judged: the sample has too few points of each. */
const MAX_CLUSTERS = 100;
/** Sets of points without groups. */
const REFERENCES = 3;
/** Points that are mixed to make one of them. */
const MIXED = 40;

/**
 * Measures the gaps between clusters, and the gaps that the same number of clusters has in points without groups. Clusters
 * differ in the columns that they were made of, in any case: k-means cuts every cloud into parts that differ. So
 * differences prove nothing, but gaps do.
 *
 * @returns undefined when it cannot be judged: less than two clusters, or more than 100
 * @throws the signal's reason when it is aborted
 */
export async function measureGaps(
  { points, rows }: ProfilePoints,
  groups: Groups,
  seed: number,
  signal: AbortSignal | undefined,
): Promise<Gaps | undefined> {
  const random = new Random(seed);
  const places = choosePoints(rows, groups, random);
  const labels = Uint32Array.from(places, (place) => groups.labels[rows[place]]);
  const filled = new Set(labels).size;
  if (filled < 2 || filled > MAX_CLUSTERS) return undefined;
  const engine = createReferenceEngine();
  try {
    const sample = await narrowed(
      matrix(gatherRows(points, places), places.length, points.columns),
      engine,
      signal,
    );
    const nearest = clusterGaps({ ...sample, labels, clusters: groups.clusters });
    let chanceGap = 0;
    for (let i = 0; i < REFERENCES; i++) {
      const cloud = cloudLike(sample, random);
      const kmeans = new KMeans({ clusters: filled, seed: random.seed(), maxIterations: 50, engine });
      const model = await kmeans.fit(matrix(cloud.data, places.length, cloud.columns), { signal });
      const own = { ...cloud, labels: model.labels, clusters: filled };
      chanceGap += meanGap(clusterGaps(own), model.labels) / REFERENCES;
    }
    return { nearest, gap: meanGap(nearest, labels), chanceGap };
  } finally {
    engine.destroy();
  }
}

/** Places of points that are in a cluster: all, or a sample. */
function choosePoints(rows: ArrayLike<number>, { labels, clusters }: Groups, random: Random): Uint32Array {
  const places: number[] = [];
  for (let i = 0; i < rows.length; i++) if (labels[rows[i]] !== clusters) places.push(i);
  return drawRows(places.length, MAX_POINTS, random).map((i) => places[i]);
}

type Cloud = Pick<LabeledPoints, 'data' | 'columns'>;

/** Few columns stay as they are. */
async function narrowed(points: Matrix, engine: Engine, signal: AbortSignal | undefined): Promise<Cloud> {
  const { rows, columns } = points;
  if (columns <= MAX_COMPONENTS) return { data: gatherRows(points, [...Array(rows).keys()]), columns };
  const components = Math.min(MAX_COMPONENTS, rows);
  // Rough components do: they are only a space to compare in.
  const model = await new Pca({ components, iterations: 3, engine }).fit(points, { signal });
  const projected = await model.transform(points, { signal });
  return { data: Float64Array.from(projected.data), columns: components };
}

/**
 * As many points of nearly normal distribution, with the covariances of the given ones and without their groups: sums of
 * 40 random points, each multiplied by a normal number. The single normal distribution is the null hypothesis of SigClust
 * (Liu, Hayes, Nobel & Marron, JASA 103(483), 2008).
 */
function cloudLike({ data, columns }: Cloud, random: Random): Cloud {
  const rows = data.length / columns;
  const mean = new Float64Array(columns);
  data.forEach((value, i) => {
    mean[i % columns] += value / rows;
  });
  const cloud = new Float64Array(data.length);
  for (let i = 0; i < rows; i++) {
    for (let part = 0; part < MIXED; part++) {
      const from = random.integer(rows) * columns;
      const factor = random.normal() / Math.sqrt(MIXED);
      for (let j = 0; j < columns; j++) cloud[i * columns + j] += (data[from + j] - mean[j]) * factor;
    }
  }
  return { data: cloud, columns };
}
