import type { Engine } from '../engine/engine.ts';
import { initialCentroids, type InitialSettings } from '../kmeans/initial-centroids.ts';
import { runLloyd } from '../kmeans/lloyd.ts';
import { withRows, type RowSession, type RowSource } from '../kmeans/with-rows.ts';
import type { Random } from '../random.ts';

/** How clusters are split; see `BisectingKMeansOptions`. */
export interface SplitSettings extends InitialSettings {
  readonly nInit: number;
  readonly maxIterations: number;
  /** In squared units of the data; see `LloydOptions`. */
  readonly tolerance: number;
}

/** One side of a split. */
export interface Side {
  readonly rows: Uint32Array;
  /** D values, in the coordinates of the sessions. */
  readonly center: Float64Array;
  readonly inertia: number;
  readonly weight: number;
}

/** A cluster in two. */
export interface Halves {
  readonly sides: readonly [Side, Side];
  /** Of the best start. */
  readonly iterations: number;
  readonly converged: boolean;
}

/**
 * Splits a cluster by k-means, the best of some starts.
 *
 * @param rows of the cluster, at least two of positive weight
 * @param origin what the points of the sessions are less than those of the caller
 */
export async function splitRows(
  source: RowSource,
  rows: Uint32Array,
  settings: SplitSettings,
  random: Random,
  origin: Float64Array | undefined,
): Promise<Halves> {
  return withRows(source, rows, 2, async (part) => {
    let best: Run | undefined;
    for (let start = 1; start <= settings.nInit; start++) {
      const run = await oneStart(source.engine, part, settings, random, origin, source.signal);
      if (best === undefined || run.inertia < best.inertia) best = run;
    }
    const { labels, distances, centers, iterations, converged } = best!;
    const side = (k: number): Side => {
      let [inertia, weight] = [0, 0];
      labels.forEach((label, i) => {
        if (label !== k) return;
        const own = part.weights ? part.weights[i] : 1;
        inertia += own * distances[i];
        weight += own;
      });
      const { columns } = part.points;
      return {
        rows: rows.filter((_, i) => labels[i] === k),
        center: centers.slice(k * columns, (k + 1) * columns),
        inertia,
        weight,
      };
    };
    return { sides: [side(0), side(1)], iterations, converged };
  });
}

/** The outcome of one start. */
interface Run {
  readonly inertia: number;
  readonly iterations: number;
  readonly converged: boolean;
  readonly labels: Uint32Array;
  /** Squared, to the own center. */
  readonly distances: Float32Array;
  readonly centers: Float64Array;
}

async function oneStart(
  engine: Engine,
  { session, points, weights }: RowSession,
  settings: SplitSettings,
  random: Random,
  origin: Float64Array | undefined,
  signal: AbortSignal | undefined,
): Promise<Run> {
  const place = { engine, points, centered: points, origin };
  const initial = await initialCentroids(session, place, random, settings, { weights, signal });
  const { inertiaHistory, iterations, converged } = await runLloyd(session, initial, {
    maxIterations: settings.maxIterations,
    tolerance: settings.tolerance,
    unitCentroids: settings.metric === 'cosine',
    weights,
    signal,
  });
  return {
    inertia: inertiaHistory[inertiaHistory.length - 1],
    iterations,
    converged,
    labels: await session.readLabels(),
    distances: await session.readDistances(),
    centers: Float64Array.from(await session.readCentroids()),
  };
}
