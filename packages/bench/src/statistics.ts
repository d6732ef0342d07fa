import { InvalidArgumentError } from '@shoal/core';

/** Order statistics of samples, in their unit. */
export interface SampleSummary {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/**
 * Median, least and greatest of the samples; of an even number the median is the mean of the middle two.
 *
 * @throws {InvalidArgumentError} when there are no samples, or one is not a finite number
 */
export function summarize(samples: readonly number[]): SampleSummary {
  if (samples.length === 0 || !samples.every(Number.isFinite)) {
    throw new InvalidArgumentError(
      `A median needs finite samples, at least one; got [${samples.map(String).join(', ')}].`,
    );
  }
  const sorted = [...samples].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const median =
    sorted.length % 2 === 1 ? sorted[Math.floor(middle)] : (sorted[middle - 1] + sorted[middle]) / 2;
  return { median, min: sorted[0], max: sorted[sorted.length - 1] };
}
