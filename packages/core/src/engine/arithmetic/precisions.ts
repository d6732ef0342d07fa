import type { CovarianceType } from '../mixture/session.ts';
import type { Pausable } from '../../chunks.ts';
import { SingularCovarianceError } from '../../errors.ts';
import { choleskyLower, invertLower } from '../../linear-algebra/cholesky.ts';

/** Inverses of covariances, computed once per M-step, so that a density costs one triangular product. */
export interface PrecisionFactors {
  /**
   * With covariance = L L^T: the lower triangular L^-1, K x D x D for `full` and D x D for `tied`;
   * the inverse standard deviations, K x D for `diag` and K for `spherical`.
   * The Mahalanobis distance of x is |L^-1 (x - mean)|.
   */
  readonly factors: Float64Array;
  /** log |precision|^(1/2) of each component, K values. */
  readonly logDeterminants: Float64Array;
}

/**
 * @param covariances shaped by `type`; see `CovarianceType`
 * @throws {SingularCovarianceError} naming the first component whose covariance is not positive definite
 */
export function* precisionFactors(
  covariances: Float64Array,
  type: CovarianceType,
  components: number,
  columns: number,
): Pausable<PrecisionFactors> {
  const logDeterminants = new Float64Array(components);
  if (type === 'full' || type === 'tied') {
    const blocks = type === 'full' ? components : 1;
    const factors = new Float64Array(blocks * columns * columns);
    for (let k = 0; k < blocks; k++) {
      const offset = k * columns * columns;
      const lower = yield* choleskyLower(covariances, offset, columns);
      if (lower === undefined) throw singularCovariance(k, type);
      const inverse = yield* invertLower(lower, columns);
      factors.set(inverse, offset);
      for (let j = 0; j < columns; j++) logDeterminants[k] += Math.log(inverse[j * columns + j]);
      yield;
    }
    if (type === 'tied') logDeterminants.fill(logDeterminants[0]);
    return { factors, logDeterminants };
  }
  const repeats = type === 'spherical' ? columns : 1;
  const perComponent = covariances.length / components;
  const factors = covariances.map((variance, i) => {
    const k = Math.floor(i / perComponent);
    if (!(variance > 0 && variance < Infinity)) throw singularCovariance(k, type);
    const factor = 1 / Math.sqrt(variance);
    logDeterminants[k] += repeats * Math.log(factor);
    return factor;
  });
  return { factors, logDeterminants };
}

/** The error for a covariance that cannot be factored; `component` is 0 for a shared one. */
export function singularCovariance(component: number, type: CovarianceType): SingularCovarianceError {
  const which = type === 'tied' ? 'The shared covariance' : `The covariance of component ${component}`;
  return new SingularCovarianceError(
    component,
    `${which} (${type}) is not positive definite: the component collapsed onto too few distinct points. ` +
      'Raise regCovar, use fewer components, or scale the columns.',
  );
}
