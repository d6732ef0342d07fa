import { assertWeights } from './engine/session-input.ts';
import { requireNumbers, type NumberArray } from './number-array.ts';

/**
 * Sample weights as engines take them, from any array of numbers. This is the only place where they are converted. They
 * are rounded to float32.
 *
 * @returns the same array where it is a `Float32Array`; undefined when there are none
 * @throws {InvalidArgumentError} when they are not numbers, negative, not finite in float32, or all zero
 * @throws {ShapeError} when there is not one weight per point
 */
export function requireWeights(weights: NumberArray | undefined, rows: number): Float32Array | undefined {
  if (weights === undefined) return undefined;
  const numbers = requireNumbers('Sample weights', weights);
  const floats = numbers instanceof Float32Array ? numbers : Float32Array.from(numbers);
  assertWeights(floats, rows);
  return floats;
}
