import type { CovarianceType, GaussianMixtureParameters, JsonValue, Matrix } from '@shoal/core';
import type { QualityRule, Workload } from '../../bench-case.ts';
import { blobs, startingRows } from '../../data/point-sets.ts';
import { REG_COVAR } from '../gmm-points.ts';
import type { Shape } from '../work.ts';
import { GPU_ROUNDS } from './engine.ts';

const SEED = 33;

/** Standard deviation of the blobs' centers; points around them have a standard deviation of 1. */
const SPREAD = 0.5;

/** Log-likelihoods after the same iterations in float32 are this close to each other. */
const SAME_LIKELIHOOD: QualityRule = { name: 'mean log-likelihood', tolerance: 1e-5 };

export interface MixtureShape extends Shape {
  readonly covarianceType: 'full' | 'diag';
  readonly iterations: number;
  /** Estimated time of a workload, in seconds. */
  readonly seconds: number;
}

/** What a fit of a shape takes. */
export interface MixtureShapeFit extends Pick<MixtureShape, 'covarianceType' | 'iterations'> {
  readonly points: Matrix;
  readonly start: GaussianMixtureParameters;
}

const SHAPES: readonly (readonly [string, Shape & { readonly seconds: number }])[] = [
  ['60000-10', { rows: 60_000, columns: 32, clusters: 10, seconds: 10 }],
  ['million-64', { rows: 1_000_000, columns: 64, clusters: 64, seconds: 25 }],
  ['odd-3-7', { rows: 100_000, columns: 3, clusters: 7, seconds: 5 }],
  ['odd-17-7', { rows: 100_000, columns: 17, clusters: 7, seconds: 5 }],
  ['odd-3-1000', { rows: 100_000, columns: 3, clusters: 1000, seconds: 10 }],
  ['odd-17-1000', { rows: 100_000, columns: 17, clusters: 1000, seconds: 10 }],
];

/** The shapes by name, each with full and diagonal covariances; tiny ones for a quick run. */
export function mixtureShapes(quick: boolean): (readonly [string, MixtureShape])[] {
  return SHAPES.flatMap(([name, shape]) =>
    (['full', 'diag'] as const).map((covarianceType): readonly [string, MixtureShape] => [
      `${covarianceType}-${name}`,
      quick
        ? { ...tiny(shape), covarianceType, iterations: 2 }
        : { ...shape, covarianceType, iterations: 10 },
    ]),
  );
}

/** Enough rows for every component's covariance to be well conditioned. */
function tiny<T extends Shape>(shape: T): T {
  const { columns, clusters } = shape;
  return { ...shape, rows: 600, columns: Math.min(columns, 17), clusters: Math.min(clusters, 7) };
}

function mixtureParameters(shape: MixtureShape): Readonly<Record<string, JsonValue>> {
  const { rows, columns, clusters, covarianceType, iterations } = shape;
  return {
    ...{ rows, columns, clusters, covarianceType, iterations, dtype: 'float32' },
    data: `${clusters} blobs, centers ~ N(0, ${SPREAD}^2 I), points = center + N(0, I)`,
    seed: SEED,
    start: `K random rows as means, covariances ${1 + SPREAD ** 2} I, equal weights`,
    tolerance: 0,
    regCovar: REG_COVAR,
  };
}

/** What all workloads of a shape have in common. */
export function mixtureWorkload(
  name: string,
  shape: MixtureShape,
): Pick<Workload, 'name' | 'seconds' | 'parameters' | 'quality' | keyof typeof GPU_ROUNDS> {
  const { seconds } = shape;
  return { ...GPU_ROUNDS, name, seconds, parameters: mixtureParameters(shape), quality: SAME_LIKELIHOOD };
}

/** The points and the start of a shape's fit, the same for all contenders. */
export async function mixtureShapeFit(shape: MixtureShape, signal: AbortSignal): Promise<MixtureShapeFit> {
  const { covarianceType, iterations } = shape;
  const points = await mixtureShapePoints(shape, signal);
  return { points, covarianceType, start: mixtureShapeStart(points, shape), iterations };
}

/** The last points: each shape is measured with full covariances, and then on the same points with diagonal ones. */
let last: { readonly clusters: number; readonly points: Matrix } | undefined;

export async function mixtureShapePoints(
  { rows, columns, clusters }: Shape,
  signal: AbortSignal,
): Promise<Matrix> {
  const { points } = last ?? {};
  if (points?.rows === rows && points.columns === columns && last?.clusters === clusters) return points;
  last = undefined;
  const made = await blobs({ rows, columns, centers: clusters, spread: SPREAD, seed: SEED }, signal);
  last = { clusters, points: made.points };
  return made.points;
}

/** Where all contenders start: rows as means, and the covariance of all points together. */
export function mixtureShapeStart(
  points: Matrix,
  { clusters, columns, covarianceType }: MixtureShape,
): GaussianMixtureParameters {
  const variance = 1 + SPREAD ** 2;
  const covariance = (i: number): number => (isDiagonal(covarianceType, i, columns) ? variance : 0);
  const perCluster = covarianceType === 'full' ? columns * columns : columns;
  return {
    weights: new Float64Array(clusters).fill(1 / clusters),
    means: Float64Array.from(startingRows(points, clusters, SEED).data),
    covariances: Float64Array.from({ length: clusters * perCluster }, (_, i) => covariance(i % perCluster)),
  };
}

function isDiagonal(covarianceType: CovarianceType, i: number, columns: number): boolean {
  return covarianceType !== 'full' || i % (columns + 1) === 0;
}
