import { InvalidArgumentError } from '../errors.ts';

/** How the entropies of classes and clusters are averaged to normalize their mutual information. */
export type EntropyAverage = 'arithmetic' | 'geometric' | 'min' | 'max';

/** Options of the normalized and adjusted mutual information. */
export interface EntropyAverageOptions {
  /** Default 'arithmetic', as in scikit-learn since 0.22. */
  readonly average?: EntropyAverage | undefined;
}

/**
 * The chosen mean of two entropies.
 *
 * @throws {InvalidArgumentError} for an unknown average
 */
export function averageEntropy(a: number, b: number, average: EntropyAverage = 'arithmetic'): number {
  switch (average) {
    case 'arithmetic':
      return (a + b) / 2;
    case 'geometric':
      return Math.sqrt(a * b);
    case 'min':
      return Math.min(a, b);
    case 'max':
      return Math.max(a, b);
    default:
      throw new InvalidArgumentError(
        `The average must be 'arithmetic', 'geometric', 'min' or 'max'; got ${String(average)}.`,
      );
  }
}
