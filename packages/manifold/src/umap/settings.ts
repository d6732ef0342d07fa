import { InvalidArgumentError } from '@shoal/core';
import { MAX_NEGATIVES, MAX_STEPS } from '@shoal/core/engine-kit';
import { requireNonNegative, requireOneOf, requirePositive, requireWholeNumber } from '@shoal/core/model-kit';
import { similarityCurve } from '../layout/similarity-curve.ts';
import { UMAP_METRICS } from './metric.ts';
import type { UmapSettings } from './types.ts';

/**
 * Number of steps in an epoch. In a step, points do not see others move: with one step for each epoch they overshoot
 * together, which tears clusters apart. With eight, the layouts are as good as umap-learn's, where points see each
 * move.
 */
export const STEPS_PER_EPOCH = 8;
const MOST_EPOCHS = MAX_STEPS / STEPS_PER_EPOCH;

/**
 * @returns the settings
 * @throws {InvalidArgumentError} naming the one that is out of range or of the wrong kind
 */
export function requireUmapSettings<Settings extends UmapSettings>(settings: Settings): Settings {
  const { epochs, negativeSampleRate } = settings;
  // Throws when the values do not give a curve.
  similarityCurve(settings.minDist, settings.spread);
  if (epochs !== undefined && requireWholeNumber('epochs', epochs, 1) > MOST_EPOCHS) {
    throw new InvalidArgumentError(`epochs must be at most ${MOST_EPOCHS}; got ${epochs}.`);
  }
  if (!(negativeSampleRate >= 0 && negativeSampleRate <= MAX_NEGATIVES)) {
    throw new InvalidArgumentError(
      `negativeSampleRate must be from 0 to ${MAX_NEGATIVES}; got ${negativeSampleRate}.`,
    );
  }
  requireWholeNumber('dimensions', settings.dimensions, 1);
  requireWholeNumber('neighbors', settings.neighbors, 2);
  requirePositive('learningRate', settings.learningRate);
  requireNonNegative('repulsion', settings.repulsion);
  requireOneOf('metric', settings.metric, UMAP_METRICS);
  requireWholeNumber('seed', settings.seed, 0);
  return settings;
}
