import type { CovarianceType, GaussianMixtureParameters } from '@shoal/core';
import { precisionFactors, type Pausable } from '@shoal/core/engine-kit';
import type { SessionMemory } from '../memory.ts';
import { padRows } from '../padding.ts';

const LOG_2_PI = Math.log(2 * Math.PI);

/** Shape of a mixture in a session's memory. */
export interface MixtureShape {
  readonly components: number;
  readonly columns: number;
  /** Columns rounded up to whole SIMD vectors. */
  readonly stride: number;
  readonly covarianceType: CovarianceType;
}

/** Whether a covariance is a full matrix; its inverse factor is then triangular. */
export function isTriangular(type: CovarianceType): boolean {
  return type === 'full' || type === 'tied';
}

/** Floats of one precision factor: triangular panels (see assembly/covariance.ts) or a padded diagonal. */
export function factorLength({ stride, covarianceType }: MixtureShape): number {
  return isTriangular(covarianceType) ? (stride * (stride + 4)) / 2 : stride;
}

/** Doubles of one second moment. */
export function momentLength({ stride, covarianceType }: MixtureShape): number {
  return isTriangular(covarianceType) ? stride * stride : stride;
}

/** Number of different covariances: one per component, or one for all components. */
export function covarianceCount({ components, covarianceType }: MixtureShape): number {
  return covarianceType === 'tied' ? 1 : components;
}

/**
 * Writes the precision factors and log-constants of a mixture for the kernels.
 *
 * @throws {SingularCovarianceError} when a covariance is not positive definite
 */
export function* loadPrecisions(
  { weights, covariances }: GaussianMixtureParameters,
  shape: MixtureShape,
  memory: SessionMemory,
  at: { readonly factors: number; readonly logConstants: number },
): Pausable<void> {
  const { components, columns, stride, covarianceType } = shape;
  const { factors, logDeterminants } = yield* precisionFactors(
    covariances,
    covarianceType,
    components,
    columns,
  );
  const length = factorLength(shape);
  const target = memory.floats(at.factors, covarianceCount(shape) * length);
  switch (covarianceType) {
    case 'full':
    case 'tied':
      for (let k = 0; k < covarianceCount(shape); k++) {
        const factor = factors.subarray(k * columns * columns, (k + 1) * columns * columns);
        packTriangle(factor, columns, target.subarray(k * length, (k + 1) * length));
      }
      break;
    case 'diag':
      padRows(factors, columns, target);
      break;
    case 'spherical':
      for (let k = 0; k < components; k++) target.fill(factors[k], k * stride, (k + 1) * stride);
      break;
  }
  memory
    .doubles(at.logConstants, components)
    .set(weights.map((weight, k) => Math.log(weight) + logDeterminants[k] - (columns / 2) * LOG_2_PI));
}

/** Packs a lower triangular D x D factor into panels of four rows, column by column up to the diagonal. */
export function packTriangle(factor: Float64Array, columns: number, panels: Float32Array): void {
  let at = 0;
  for (let top = 0; top < columns; top += 4) {
    for (let b = 0; b < top + 4; b++) {
      for (let a = top; a < top + 4; a++, at++) {
        panels[at] = a < columns && b <= a ? factor[a * columns + b] : 0;
      }
    }
  }
}
