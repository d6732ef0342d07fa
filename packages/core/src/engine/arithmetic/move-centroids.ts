/**
 * The update half of a Lloyd iteration: moves every centroid to the weighted mean of its cluster, or, for
 * spherical k-means, to the unit vector along it (Dhillon & Modha, Machine Learning 42, 2001).
 *
 * @param centroids K x D, replaced
 * @param sums weighted sums of the clusters, K x D
 * @param weights weights of the clusters, K values; a cluster without weight keeps its centroid
 * @param unit rescale to unit length; directions that cancel out leave a centroid where it is
 * @returns squared Frobenius norm of the movement
 */
export function moveCentroids(
  centroids: Float64Array,
  sums: Float64Array,
  weights: Float64Array,
  unit: boolean,
): number {
  const columns = centroids.length / weights.length;
  let shift = 0;
  for (let k = 0; k < weights.length; k++) {
    const start = k * columns;
    const divisor = unit ? norm(sums, start, columns) : weights[k];
    if (weights[k] === 0 || divisor === 0) continue;
    for (let j = start; j < start + columns; j++) {
      const moved = sums[j] / divisor;
      shift += (moved - centroids[j]) ** 2;
      centroids[j] = moved;
    }
  }
  return shift;
}

function norm(values: Float64Array, start: number, length: number): number {
  let sum = 0;
  for (let j = start; j < start + length; j++) sum += values[j] * values[j];
  return Math.sqrt(sum);
}
