import { matrix, Random, type Matrix } from '@shoal/core';
import type { GaussianMixtureSessionOptions } from '@shoal/core/engine-kit';
import { expect } from 'vitest';
import { planMixture, type MixturePlan } from '../mixture/plan.ts';
import { chooseArithmetic } from '../arithmetic.ts';
import { compileKernels } from '../kernels.ts';
import { planKMeans, type KMeansPlan } from '../kmeans/plan.ts';
import { Runtime, type SessionMemory } from '../memory.ts';
import { ResidentPoints, type PointSummary } from '../resident-points.ts';

const work = { threads: 1, threadingThreshold: Infinity };
const runtime = new Runtime(await compileKernels(await chooseArithmetic('auto')), 1, true);

/** Points as the kernels see them, and their values. */
export interface Fixture<Plan> {
  readonly plan: Plan;
  readonly memory: SessionMemory;
  readonly source: Matrix;
  readonly weights: Float32Array;
  readonly summary: PointSummary;
  /** N x D in the kernels' units, relative to the shift. */
  readonly values: Float64Array;
}

/** Seeded points: normal values far from 0, or bytes, which the kernels of mixtures scale. */
export function randomPoints(kind: 'floats' | 'bytes', rows: number, columns: number): Matrix {
  const random = new Random(rows * 100 + columns);
  const data =
    kind === 'bytes'
      ? Uint8Array.from({ length: rows * columns }, () => random.integer(256))
      : Float32Array.from({ length: rows * columns }, () => 3 + random.normal());
  return matrix(data, rows, columns, kind === 'bytes' ? 1 / 256 : 1);
}

function randomWeights(rows: number): Float32Array {
  const random = new Random(rows);
  return Float32Array.from({ length: rows }, () => random.uniform());
}

export async function kmeansFixture(source: Matrix, clusters: number): Promise<Fixture<KMeansPlan>> {
  const weights = randomWeights(source.rows);
  return fixture(planKMeans(source, { clusters, weights }, { ...work, pruning: 'none' }), source, weights);
}

export async function mixtureFixture(
  source: Matrix,
  options: GaussianMixtureSessionOptions,
): Promise<Fixture<MixturePlan>> {
  const weights = randomWeights(source.rows);
  return fixture(planMixture(source, { ...options, weights }, work), source, weights);
}

async function fixture<Plan extends KMeansPlan | MixturePlan>(
  plan: Plan,
  source: Matrix,
  weights: Float32Array,
): Promise<Fixture<Plan>> {
  const memory = await runtime.allocate(plan.layout, 1);
  memory.configure(plan.globalsOf);
  const points = new ResidentPoints(plan.points, memory, source, weights);
  const summary = await points.summarize(source, {});
  const factor = source.scale / plan.points.unit;
  const values = Float64Array.from(
    source.data,
    (value, i) => value * factor - summary.shift[i % source.columns],
  );
  return { plan, memory, source, weights, summary, values };
}

/** Compares relative to the largest expected magnitude. */
export function expectClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  what: string,
  tolerance = 2e-6,
): void {
  expect(actual.length, what).toBe(expected.length);
  const largest = Array.from(expected).reduce((a, b) => Math.max(a, Math.abs(b)), 1e-30);
  for (let i = 0; i < expected.length; i++) {
    expect(Math.abs(actual[i] - expected[i]) / largest, `${what}[${i}]`).toBeLessThan(tolerance);
  }
}
