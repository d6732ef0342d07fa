import { secondMomentLength } from '../engine/arithmetic/m-step.ts';
import {
  NO_COMPONENT,
  type GaussianMixtureParameters,
  type GaussianMixtureSession,
  type GivenResponsibilities,
  type PartStatistics,
  type SufficientStatistics,
} from '../engine/mixture/session.ts';

interface PartOfMixture {
  readonly regCovar: number;
  readonly weights: Float32Array | undefined;
  /** Sum of the weights of the part. */
  readonly mass: number;
}

/**
 * The sums of an M-step over one part; see `GaussianMixtureSession.readStatistics`. Where a session does not have them, they
 * are found from the parameters that it has after a step over the part alone.
 *
 * @param session has the parameters, unless responsibilities are given
 * @throws {SingularCovarianceError} when a session that makes a step finds a covariance that is not positive definite
 */
export async function statisticsOfPart(
  session: GaussianMixtureSession,
  { regCovar, weights, mass }: PartOfMixture,
  given: GivenResponsibilities | undefined,
): Promise<PartStatistics> {
  if (session.readStatistics) return session.readStatistics(given);
  if (given === undefined) {
    const [{ lowerBound }] = await session.step(1, 0);
    return {
      likelihood: lowerBound * mass,
      statistics: statisticsFrom(session, await session.readParameters(), mass, regCovar),
    };
  }
  const { source } = given;
  const labeled = source.kind === 'labels' ? massOfLabeled(source.labels, weights) : mass;
  if (labeled > 0) await session.initialize(source);
  const parameters = labeled > 0 ? await session.readParameters() : undefined;
  return { likelihood: 0, statistics: statisticsFrom(session, parameters, labeled, regCovar) };
}

function massOfLabeled(labels: Uint32Array, weights: Float32Array | undefined): number {
  return labels.reduce((sum, label, i) => sum + (label === NO_COMPONENT ? 0 : (weights?.[i] ?? 1)), 0);
}

/** The sums whose M-step gives some parameters: about the means, so that their first moments are 0. */
function statisticsFrom(
  { covarianceType, components, columns }: GaussianMixtureSession,
  parameters: GaussianMixtureParameters | undefined,
  mass: number,
  regCovar: number,
): SufficientStatistics {
  const first = new Float64Array(components * columns);
  const second = new Float64Array(secondMomentLength(covarianceType, components, columns));
  const shape = { covarianceType, components, columns, first, second };
  if (parameters === undefined)
    return { ...shape, shift: first.slice(), counts: new Float64Array(components) };
  const { weights, means, covariances } = parameters;
  const counts = weights.map((weight) => weight * mass);
  const isMatrix = covarianceType === 'full' || covarianceType === 'tied';
  const perComponent = second.length / components;
  for (let at = 0; at < second.length; at++) {
    const count = covarianceType === 'tied' ? mass : counts[Math.floor(at / perComponent)];
    const value = covariances[covarianceType === 'spherical' ? Math.floor(at / columns) : at];
    const isDiagonal = !isMatrix || (at % (columns * columns)) % (columns + 1) === 0;
    second[at] = count * (value - (isDiagonal ? regCovar : 0));
  }
  return { ...shape, shift: means, counts };
}

/**
 * Adds the sums of a part. They are moved to the shift of the total first, if theirs is another one.
 *
 * @param total changed
 */
export function addStatistics(total: SufficientStatistics, part: SufficientStatistics): void {
  const { components, columns, covarianceType, counts, first, second } = total;
  const isMatrix = covarianceType === 'full' || covarianceType === 'tied';
  const off = part.shift.map((value, at) => value - total.shift[at]);
  for (let k = 0; k < components; k++) {
    const n = part.counts[k];
    const row = k * columns;
    for (let a = 0; a < columns; a++) {
      const f = part.first[row + a];
      const d = off[row + a];
      if (!isMatrix) {
        second[row + a] += part.second[row + a] + 2 * f * d + n * d * d;
      } else {
        const block = (covarianceType === 'full' ? k : 0) * columns * columns + a * columns;
        const takes = covarianceType === 'full' || k === 0;
        for (let b = 0; b <= a; b++) {
          const e = off[row + b];
          const moved = f * e + d * part.first[row + b] + n * d * e;
          second[block + b] += (takes ? part.second[block + b] : 0) + moved;
        }
      }
    }
    for (let a = 0; a < columns; a++) first[row + a] += part.first[row + a] + n * off[row + a];
    counts[k] += n;
  }
}

/** Sums of no points, with the shift and the shape of others. */
export function noStatistics({ shift, ...shape }: SufficientStatistics): SufficientStatistics {
  const { covarianceType, components, columns } = shape;
  return {
    ...shape,
    shift,
    counts: new Float64Array(components),
    first: new Float64Array(components * columns),
    second: new Float64Array(secondMomentLength(covarianceType, components, columns)),
  };
}
