import type { CovarianceType, GaussianMixtureParameters } from '../engine/mixture/session.ts';
import { atOnce } from '../chunks.ts';
import { choleskyLower } from '../linear-algebra/cholesky.ts';
import { singularCovariance } from '../engine/arithmetic/precisions.ts';
import { matrix, type Matrix } from '../matrix.ts';
import { Random } from '../random.ts';

/** Points drawn from a mixture. */
export interface MixtureSample {
  /** count x D, ordered by component. */
  readonly points: Matrix;
  /** Component each point came from. */
  readonly labels: Uint32Array;
}

/**
 * Draws points: a component by its weight, then mean + L z with covariance = L L^T and z standard normal.
 *
 * @throws {SingularCovarianceError} when a covariance is not positive definite
 */
export function sampleMixture(
  { weights, means, covariances }: GaussianMixtureParameters,
  type: CovarianceType,
  count: number,
  seed: number,
): MixtureSample {
  const random = new Random(seed);
  const columns = means.length / weights.length;
  const labels = Uint32Array.from({ length: count }, () => drawComponent(weights, random)).sort();
  const data = new Float64Array(count * columns);
  const z = new Float64Array(columns);
  const spreads = Array.from(weights, (_, k) => componentSpread(covariances, type, k, columns));
  labels.forEach((k, i) => {
    for (let j = 0; j < columns; j++) z[j] = random.normal();
    const offset = spreads[k](z);
    for (let j = 0; j < columns; j++) data[i * columns + j] = means[k * columns + j] + offset[j];
  });
  return { points: matrix(data, count, columns), labels };
}

function drawComponent(weights: Float64Array, random: Random): number {
  let left = random.uniform();
  for (let k = 0; k < weights.length - 1; k++) {
    left -= weights[k];
    if (left < 0) return k;
  }
  return weights.length - 1;
}

/** The function z -> L z of one component. */
function componentSpread(
  covariances: Float64Array,
  type: CovarianceType,
  k: number,
  d: number,
): (z: Float64Array) => Float64Array {
  switch (type) {
    case 'diag':
      return (z) => z.map((value, j) => value * Math.sqrt(covariances[k * d + j]));
    case 'spherical':
      return (z) => z.map((value) => value * Math.sqrt(covariances[k]));
    case 'full':
    case 'tied': {
      const lower = atOnce(choleskyLower(covariances, type === 'full' ? k * d * d : 0, d));
      if (!lower) throw singularCovariance(k, type);
      return (z) => z.map((_, i) => z.reduce((sum, value, j) => sum + lower[i * d + j] * value, 0));
    }
  }
}
