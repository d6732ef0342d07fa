import { gatherRows, matrix, Random, UnsupportedError, type Matrix, type Points } from '@shoal/core';
import type { KMeansSessionOptions } from '@shoal/core/engine-kit';
import type { WebGpuEngine } from '../engine/webgpu-engine.ts';
import type { RecoverableKMeansSession } from '../sessions/kmeans/recoverable.ts';
import { KMEANS_VARIANTS, type KMeansVariant } from '../sessions/kmeans/resources.ts';

/** The input of a measurement. */
export interface KMeansShape {
  readonly rows: number;
  readonly columns: number;
  readonly clusters: number;
}

/** The time of an iteration. */
export interface VariantTiming {
  readonly variant: KMeansVariant;
  /** Median of several runs. */
  readonly milliseconds: number;
}

const SEED = 1;
const ITERATIONS = 4;
const REPETITIONS = 5;

/**
 * Measures Lloyd's iterations on float32 points N(0, I), with every variant that works with the shape, in turn.
 *
 * @returns the fastest first
 * @throws {InvalidArgumentError} when there are fewer points than clusters
 * @throws {UnsupportedError} when the points exceed the device's limits
 * @throws the signal's reason when it is aborted
 */
export async function measureVariants(
  engine: WebGpuEngine,
  shape: KMeansShape,
  signal?: AbortSignal,
): Promise<readonly VariantTiming[]> {
  const points = noise(shape);
  const start = gatherRows(points, new Random(SEED).distinct(shape.clusters, shape.rows));
  const able = await openVariants(engine, points, { clusters: shape.clusters, signal });
  try {
    const samples = able.map((): number[] => []);
    for (let round = 0; round <= REPETITIONS; round++) {
      for (const [i, session] of able.entries()) {
        await session.writeCentroids(start);
        const startedAt = performance.now();
        const { length } = await session.step(ITERATIONS, 0);
        // The first round warms up.
        if (round > 0) samples[i].push((performance.now() - startedAt) / length);
      }
    }
    return able
      .map(({ variant }, i) => ({ variant, milliseconds: median(samples[i]) }))
      .sort((a, b) => a.milliseconds - b.milliseconds);
  } finally {
    for (const session of able) session.destroy();
  }
}

/** Opens a session for every variant that works with the points, in the order of `KMEANS_VARIANTS`. */
export async function openVariants(
  engine: WebGpuEngine,
  points: Points,
  options: KMeansSessionOptions,
): Promise<RecoverableKMeansSession[]> {
  const able: RecoverableKMeansSession[] = [];
  try {
    for (const variant of KMEANS_VARIANTS) {
      const session = await engine.createKMeans(points, options, variant).catch((error: unknown) => {
        // The straight variant works with all points that are supported at all.
        if (variant !== 'straight' && error instanceof UnsupportedError) return undefined;
        throw error;
      });
      if (session) able.push(session);
    }
    return able;
  } catch (error) {
    for (const session of able) session.destroy();
    throw error;
  }
}

function noise({ rows, columns }: KMeansShape): Matrix {
  const random = new Random(SEED);
  const data = Float32Array.from({ length: rows * columns }, () => random.normal());
  return matrix(data, rows, columns);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
