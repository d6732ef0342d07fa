/**
 * Shannon entropy in nats of a partition: -sum p log p with p = size / total.
 *
 * @param sizes points in each group; zeros are allowed
 * @param total sum of the sizes
 */
export function entropy(sizes: Float64Array, total: number): number {
  let sum = 0;
  for (const size of sizes) if (size > 0) sum += (size / total) * Math.log(total / size);
  return sum;
}
