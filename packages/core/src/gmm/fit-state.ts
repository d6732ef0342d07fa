import { covarianceLength } from '../engine/arithmetic/m-step.ts';
import type { GaussianMixtureParameters, GaussianMixtureSession } from '../engine/mixture/session.ts';
import type { ModelState } from '../model-state.ts';
import { StateReader } from '../state-reader.ts';

const TYPE = 'gaussian-mixture-fit';

/** A start of a mixture after an iteration. */
export interface MixtureProgress {
  /** Less the origin of the points. */
  readonly parameters: GaussianMixtureParameters;
  /** The lower bound of each iteration. */
  readonly history: readonly number[];
}

export function writeMixtureState({ parameters, history }: MixtureProgress): ModelState {
  const { weights, means, covariances } = parameters;
  const vector = (data: Float64Array) => ({ data, shape: [data.length] });
  return {
    type: TYPE,
    settings: {},
    tensors: {
      weights: vector(weights),
      means: vector(means),
      covariances: vector(covariances),
      history: vector(Float64Array.from(history)),
    },
  };
}

/** @throws {DataError} when the state is damaged, or of another fit */
export function readMixtureState(
  state: ModelState,
  { components, columns, covarianceType }: GaussianMixtureSession,
): MixtureProgress {
  const reader = new StateReader(state, TYPE);
  const { shape } = state.tensors['history'] ?? { shape: [0] };
  return {
    parameters: {
      weights: reader.float64('weights', [components]),
      means: reader.float64('means', [components * columns]),
      covariances: reader.float64('covariances', [covarianceLength(covarianceType, components, columns)]),
    },
    history: Array.from(reader.float64('history', [...shape])),
  };
}
