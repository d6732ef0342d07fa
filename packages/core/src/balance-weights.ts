/**
 * Weights times the power of two that brings their mean into [1, 2). Only the ratios of the weights matter to a
 * mixture, but float32 sums and the least weight of an empty component are absolute numbers.
 *
 * @param weights checked by `assertWeights`
 */
export function balanceWeights(weights: Float32Array | undefined): Float32Array | undefined {
  if (weights === undefined) return undefined;
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / weights.length;
  const factor = 2 ** -Math.floor(Math.log2(mean));
  return factor === 1 ? weights : weights.map((weight) => weight * factor);
}
