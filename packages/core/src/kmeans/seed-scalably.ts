import type { Engine } from '../engine/engine.ts';
import type { KMeansSession } from '../engine/kmeans/session.ts';
import { matrix } from '../matrix.ts';
import type { Random } from '../random.ts';
import { requireNoOverflow } from '../validation.ts';
import { drawByWeight, drawDistinctRows } from './draw-rows.ts';
import { runLloyd } from './lloyd.ts';
import { seedGreedily, type SeedingOptions } from './seeding.ts';

/** Lloyd iterations over the weighted candidates at most; more of them gain nothing (decision 0060). */
const CANDIDATE_ITERATIONS = 5;

export interface ScalableSeedingOptions extends SeedingOptions {
  /** Rounds of drawing, >= 1. */
  readonly rounds: number;
  /** Draws of one round, as a multiple of K; > 0. */
  readonly oversampling: number;
  /** Draws for each seed of the greedy k-means++ that reclusters the candidates. */
  readonly trials: number;
  readonly unitCentroids: boolean;
  /** Called after each round with the rounds done so far and the number of candidates. */
  readonly onRound?: ((round: number, candidates: number) => void) | undefined;
}

/**
 * k-means|| (Bahmani, Moseley, Vattani, Kumar & Vassilvitskii, "Scalable k-means++", VLDB 2012, algorithm 2, but
 * with a fixed number of draws per round): a first seed by weight, then in each round `oversampling` x K draws by
 * weight x squared distance to the nearest seed, all added at once. The candidates, each weighing as much as the
 * points nearest to it, are reclustered into K by greedy k-means++ and Lloyd's iterations, on the same engine.
 *
 * When the rounds end with fewer than K distinct candidates, draws go on until there are K, or until every point
 * coincides with a candidate; then some of the centroids coincide too.
 *
 * @param engine the engine of the session
 * @returns K centroids, K x D; of unit length for `unitCentroids`
 * @throws {DataError} when a candidate is too large for float32
 */
export async function seedScalably(
  session: KMeansSession,
  engine: Engine,
  random: Random,
  options: ScalableSeedingOptions,
): Promise<Float32Array | Float64Array> {
  const { clusters, rows } = session;
  const { candidates, weights } = await drawCandidates(session, random, options);
  // A candidate that equals an earlier one has no weight.
  const distinct = candidates.filter((_, i) => weights[i] > 0);
  if (distinct.length > clusters) {
    return recluster(session, engine, distinct, weights.filter(isPositive), random, options);
  }
  const repeated = candidates.filter((_, i) => weights[i] === 0);
  const missing = Math.max(0, clusters - candidates.length);
  const others = drawDistinctRows(rows, missing, random, options.weights, new Set(candidates));
  return session.readRows(Uint32Array.from([...distinct, ...repeated, ...others].slice(0, clusters)));
}

/** Rows of the session, all different and of positive weight, and the weight of the points nearest to each. */
interface Candidates {
  readonly candidates: Uint32Array;
  readonly weights: Float64Array;
}

/** Fills the session's seeds. */
async function drawCandidates(
  session: KMeansSession,
  random: Random,
  { rounds, oversampling, weights, signal, onRound }: ScalableSeedingOptions,
): Promise<Candidates> {
  const { clusters, rows } = session;
  const draws = Math.min(rows, Math.ceil(oversampling * clusters));
  const candidates = new Set<number>();
  const add = async (drawn: Iterable<number>): Promise<void> => {
    signal?.throwIfAborted();
    const before = candidates.size;
    // When every point coincides with a seed, all probabilities are zero and a draw has no meaning.
    for (const row of drawn) if (weights?.[row] !== 0) candidates.add(row);
    await session.addSeeds(Uint32Array.from([...candidates].slice(before)));
  };
  const draw = (count: number): Promise<Uint32Array> =>
    session.sampleRows(Float64Array.from({ length: count }, () => random.uniform()));

  await session.resetSeeds();
  await add([drawByWeight(rows, weights, random)]);
  for (let round = 1; round <= rounds; round++) {
    await add(await draw(draws));
    onRound?.(round, candidates.size);
  }
  let distinct = 0;
  for (;;) {
    const nearest = await session.seedWeights();
    const found = nearest.filter(isPositive).length;
    if (found >= clusters || found === distinct) {
      return { candidates: Uint32Array.from(candidates), weights: nearest };
    }
    distinct = found;
    await add(await draw(clusters - distinct));
  }
}

/** K centroids of rows of the session (more than K, all distinct) with the given weights. */
async function recluster(
  session: KMeansSession,
  engine: Engine,
  rows: Uint32Array,
  rowWeights: Float64Array,
  random: Random,
  { trials, unitCentroids, signal }: ScalableSeedingOptions,
): Promise<Float32Array | Float64Array> {
  const { clusters, columns } = session;
  const values = await session.readRows(rows);
  for (const value of values) requireNoOverflow('A candidate centroid', value);
  const weights = Float32Array.from(rowWeights);
  const candidates = await engine.createKMeans(matrix(values, rows.length, columns), {
    clusters,
    unitCentroids,
    weights,
    signal,
  });
  try {
    const seeds = await seedGreedily(candidates, trials, random, { weights, signal });
    await runLloyd(candidates, await candidates.readRows(seeds), {
      maxIterations: CANDIDATE_ITERATIONS,
      tolerance: 0,
      unitCentroids,
      weights,
      signal,
    });
    return await candidates.readCentroids();
  } finally {
    candidates.destroy();
  }
}

function isPositive(value: number): boolean {
  return value > 0;
}
