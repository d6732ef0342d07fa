/**
 * Weights times the power of two that brings their mean into [1, 2). A mixture depends on the ratios of its
 * weights alone, but float32 sums and the floor under the weight of an empty component are absolute.
 *
 * @param weights checked by `assertWeights`
 */
export function balanceWeights(weights: Float32Array | undefined): Float32Array | undefined {
  if (weights === undefined) return undefined;
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / weights.length;
  const factor = 2 ** -Math.floor(Math.log2(mean));
  return factor === 1 ? weights : weights.map((weight) => weight * factor);
}
