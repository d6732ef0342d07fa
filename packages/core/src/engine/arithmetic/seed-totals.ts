import { exactStep, magicOf } from './exact-steps.ts';

/**
 * Adds the weights of points to those of their nearest seeds. They are rounded to multiples of one step, so that totals do not
 * depend on how points are divided.
 *
 * @param totals one value per seed, changed
 * @param nearest seed of each point; one that is beyond the totals means none
 * @param bound of the sum of the weights of all points
 */
export function addSeedTotals(
  totals: Float64Array,
  nearest: Uint32Array,
  weights: Float32Array | undefined,
  bound: number,
): void {
  const magic = magicOf(exactStep(bound));
  for (let i = 0; i < nearest.length; i++) {
    if (nearest[i] < totals.length) totals[nearest[i]] += (weights?.[i] ?? 1) + magic - magic;
  }
}
