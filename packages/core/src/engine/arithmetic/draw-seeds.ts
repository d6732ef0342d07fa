import type { KMeansSession } from '../kmeans/session.ts';
import { assertTrials } from '../session-input.ts';

/** The calls that a draw is made of. */
export type SeedingCalls = Pick<KMeansSession, 'sampleRows' | 'seedPotentials' | 'addSeeds'>;

/**
 * `KMeansSession.drawSeeds` made from a session's other calls, for engines that are not faster without the host in
 * between.
 *
 * @throws {InvalidArgumentError} when `trials` is not a whole number of at least 1
 * @throws {ShapeError} when there are not `trials` uniforms for each seed
 */
export async function drawSeedsOneByOne(
  session: SeedingCalls,
  uniforms: Float64Array,
  trials: number,
  signal?: AbortSignal,
): Promise<Uint32Array> {
  const seeds = new Uint32Array(assertTrials(uniforms, trials));
  for (let s = 0; s < seeds.length; s++) {
    signal?.throwIfAborted();
    const candidates = await session.sampleRows(uniforms.subarray(s * trials, (s + 1) * trials));
    const least = trials === 1 ? 0 : indexOfLeast(await session.seedPotentials(candidates));
    seeds[s] = candidates[least];
    await session.addSeeds(seeds.subarray(s, s + 1));
  }
  return seeds;
}

function indexOfLeast(values: Float64Array): number {
  let least = 0;
  for (let i = 1; i < values.length; i++) if (values[i] < values[least]) least = i;
  return least;
}
