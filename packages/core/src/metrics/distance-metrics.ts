/** The distance of two points, from `columns` values of each. */
export type PointDistance = (
  a: Float64Array,
  aStart: number,
  b: Float64Array,
  bStart: number,
  columns: number,
) => number;

/**
 * - `euclidean`: root of the sum of squared differences, which are taken before they are squared
 * - `sqeuclidean`: its square
 * - `cosine`: 1 - cos of the angle, from 0 to 2; 1 where a point is 0, as in scikit-learn, and 0 between two such
 *   points
 * - `manhattan`: sum of the differences' magnitudes
 * - `chebyshev`: the largest of them
 */
export const DISTANCE_METRICS = ['euclidean', 'sqeuclidean', 'cosine', 'manhattan', 'chebyshev'] as const;
export type DistanceMetric = (typeof DISTANCE_METRICS)[number];

const squaredDistance: PointDistance = (a, aStart, b, bStart, columns) => {
  let sum = 0;
  for (let j = 0; j < columns; j++) {
    const difference = a[aStart + j] - b[bStart + j];
    sum += difference * difference;
  }
  return sum;
};

/** Half the squared distance of the directions, which is 1 - cos without cancellation. */
const cosineDistance: PointDistance = (a, aStart, b, bStart, columns) => {
  let [normA, normB] = [0, 0];
  for (let j = 0; j < columns; j++) {
    normA += a[aStart + j] ** 2;
    normB += b[bStart + j] ** 2;
  }
  if (normA === 0 || normB === 0) return normA === normB ? 0 : 1;
  const [scaleA, scaleB] = [1 / Math.sqrt(normA), 1 / Math.sqrt(normB)];
  let sum = 0;
  for (let j = 0; j < columns; j++) {
    const difference = a[aStart + j] * scaleA - b[bStart + j] * scaleB;
    sum += difference * difference;
  }
  return sum / 2;
};

export const POINT_DISTANCES: Readonly<Record<DistanceMetric, PointDistance>> = {
  euclidean: (...pair) => Math.sqrt(squaredDistance(...pair)),
  sqeuclidean: squaredDistance,
  cosine: cosineDistance,
  manhattan(a, aStart, b, bStart, columns) {
    let sum = 0;
    for (let j = 0; j < columns; j++) sum += Math.abs(a[aStart + j] - b[bStart + j]);
    return sum;
  },
  chebyshev(a, aStart, b, bStart, columns) {
    let most = 0;
    for (let j = 0; j < columns; j++) most = Math.max(most, Math.abs(a[aStart + j] - b[bStart + j]));
    return most;
  },
};
