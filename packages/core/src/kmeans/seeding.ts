import type { KMeansSession } from '../engine/kmeans/session.ts';
import type { Random } from '../random.ts';
import { drawByWeight, drawDistinctRows } from './draw-rows.ts';

export interface SeedingOptions {
  /** Weight of each point; absent means 1 each. */
  readonly weights?: Float32Array | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Rows that are seeds already and come first; by default the first seed is drawn by weight. */
  readonly seeds?: Uint32Array | undefined;
}

/** Default number of candidates per seed of greedy k-means++: 2 + floor(ln K). */
export function defaultTrials(clusters: number): number {
  return 2 + Math.floor(Math.log(clusters));
}

/**
 * Greedy k-means++ (Arthur & Vassilvitskii, SODA 2007, section 5): the first seed is drawn by weight, each
 * further one by weight x squared distance to the nearest seed; of `trials` such draws the one that leaves
 * the least potential is kept.
 *
 * @returns K different row indices, those drawn of positive weight, in the order they were chosen
 */
export async function seedGreedily(
  session: KMeansSession,
  trials: number,
  random: Random,
  { weights, signal, seeds: given }: SeedingOptions,
): Promise<Uint32Array> {
  signal?.throwIfAborted();
  const { clusters, rows } = session;
  await session.resetSeeds();
  const first = given ?? Uint32Array.of(drawByWeight(rows, weights, random));
  const seeds = new Set<number>(first);
  if (clusters > first.length) {
    await session.addSeeds(first);
    const draws = (clusters - first.length) * trials;
    const uniforms = Float64Array.from({ length: draws }, () => random.uniform());
    for (const row of await session.drawSeeds(uniforms, trials)) {
      // When every point coincides with a seed, all probabilities are zero and a draw has no meaning.
      if (seeds.has(row) || weights?.[row] === 0) break;
      seeds.add(row);
    }
  }
  signal?.throwIfAborted();
  const missing = clusters - seeds.size;
  const others = missing > 0 ? drawDistinctRows(rows, missing, random, weights, seeds) : [];
  return Uint32Array.from([...seeds, ...others]);
}
