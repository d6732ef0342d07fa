import { encodeLabels, groupByCode, requireLabels, type Labels } from './labels.ts';

/**
 * Shannon entropy in nats of labels: -sum p log p with p the share of each label; 0 when there are no labels.
 *
 * @throws {InvalidArgumentError} when the labels are not an array
 * @throws {DataError} when a label is neither a whole number nor a string
 */
export function entropy(labels: Labels): number {
  requireLabels(labels, 'labels');
  const { codes, values } = encodeLabels(labels, 'labels');
  const { starts } = groupByCode(codes, values.length);
  const sizes = Float64Array.from(values, (_, code) => starts[code + 1] - starts[code]);
  return entropyOfSizes(sizes, labels.length);
}

/**
 * Shannon entropy in nats of a partition: -sum p log p with p = size / total.
 *
 * @param sizes points in each group; zeros are allowed
 * @param total sum of the sizes
 */
export function entropyOfSizes(sizes: Float64Array, total: number): number {
  let sum = 0;
  for (const size of sizes) if (size > 0) sum += (size / total) * Math.log(total / size);
  return sum;
}
