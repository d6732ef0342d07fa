import { createReferenceEngine } from '../engine/reference/index.ts';
import type { Engine } from '../engine/engine.ts';
import { KMeans } from '../kmeans/kmeans.ts';
import { assertFinite, matrix, type Matrix } from '../matrix.ts';
import { Random } from '../random.ts';
import { requireWholeNumber } from '../validation.ts';

export interface GapOptions {
  /** Numbers of clusters to try, ascending. */
  readonly clusters: readonly number[];
  /** Inertia of the points for each of them. */
  readonly inertias: readonly number[];
  /** Sets of reference points, at least 2; default 5. */
  readonly references?: number | undefined;
  /** A whole number of at least 0; default 0. */
  readonly seed?: number | undefined;
  /** What runs k-means on the references; default the reference engine. */
  readonly engine?: Engine | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Hears of every fit of a reference. */
  readonly onFit?: ((done: number, total: number) => void) | undefined;
}

/** The gap of one number of clusters. */
export interface Gap {
  readonly clusters: number;
  /** Mean log inertia of the references less that of the points. */
  readonly gap: number;
  /** Standard error, with what the number of references adds. */
  readonly error: number;
}

/**
 * The gap statistic (Tibshirani, Walther & Hastie, J. Royal Stat. Soc. B 63(2), 2001): how much lower the logarithm of the
 * inertia is than where there are no clusters, in points drawn evenly from the box around these (their reference a).
 *
 * @param points N x D, on the host
 * @throws {InvalidArgumentError} when an option is out of range
 * @throws {DataError} when points are NaN or infinite
 * @throws the signal's reason when it is aborted
 */
export async function gapStatistic(points: Matrix, options: GapOptions): Promise<readonly Gap[]> {
  const { clusters, inertias, references = 5, seed = 0, signal, onFit } = options;
  const { engine = createReferenceEngine() } = options;
  requireWholeNumber('references', references, 2);
  assertFinite(points);
  const random = new Random(seed);
  const { low, high } = boxOf(points);
  const logs = clusters.map(() => [] as number[]);
  for (let reference = 0; reference < references; reference++) {
    const { rows, columns } = points;
    const data = new Float32Array(rows * columns);
    for (let at = 0; at < data.length; at++) {
      const j = at % columns;
      data[at] = low[j] + (high[j] - low[j]) * random.uniform();
    }
    const drawn = matrix(data, rows, columns);
    for (const [i, k] of clusters.entries()) {
      const { inertia } = await new KMeans({ clusters: k, seed, engine }).fit(drawn, { signal });
      logs[i].push(Math.log(inertia));
      onFit?.(reference * clusters.length + i + 1, references * clusters.length);
    }
  }
  return clusters.map((k, i) => {
    const mean = logs[i].reduce((sum, value) => sum + value, 0) / references;
    const variance = logs[i].reduce((sum, value) => sum + (value - mean) ** 2, 0) / references;
    return {
      clusters: k,
      gap: mean - Math.log(inertias[i]),
      error: Math.sqrt(variance * (1 + 1 / references)),
    };
  });
}

/** The least number of clusters whose gap is not below the next one's less its error; else that of the largest gap. */
export function pickByGap(gaps: readonly Gap[]): number {
  const enough = gaps.find((gap, i) => i + 1 < gaps.length && gap.gap >= gaps[i + 1].gap - gaps[i + 1].error);
  return (enough ?? gaps.reduce((best, gap) => (gap.gap > best.gap ? gap : best))).clusters;
}

function boxOf({ data, rows, columns, scale }: Matrix) {
  const low = new Float64Array(columns).fill(Infinity);
  const high = new Float64Array(columns).fill(-Infinity);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const value = data[i * columns + j] * scale;
      if (value < low[j]) low[j] = value;
      if (value > high[j]) high[j] = value;
    }
  }
  return { low, high };
}
