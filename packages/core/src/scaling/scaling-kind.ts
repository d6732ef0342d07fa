import { requireOneOf } from '../validation.ts';
import { ROW_SCALING_KINDS, type OldRowScalingKind, type RowScalingKind } from './types.ts';

/**
 * The kind of scaling that an option or a file names.
 *
 * @throws {InvalidArgumentError} when there is no such kind
 */
export function scalingKind(name: RowScalingKind | OldRowScalingKind): RowScalingKind {
  return requireOneOf('scaling', name === 'standardise' ? 'standardize' : name, ROW_SCALING_KINDS);
}
