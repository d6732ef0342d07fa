import { InvalidArgumentError } from '../errors.ts';
import type { NumberArray } from '../number-array.ts';

/**
 * For methods in which points do not have weights.
 *
 * @throws {InvalidArgumentError} when weights are given
 */
export function rejectWeights(method: string, weights: NumberArray | undefined): void {
  if (weights === undefined) return;
  throw new InvalidArgumentError(
    `${method} does not use weights: all points count alike. Leave the weights out, or repeat points.`,
  );
}
