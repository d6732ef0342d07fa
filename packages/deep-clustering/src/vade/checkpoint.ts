import type { ModelState, Points } from '@shoal/core';
import { StateReader } from '@shoal/core/model-kit';
import { nestModelStates, partOfModelState } from '@shoal/data';
import { readState, writeState } from '../autoencoder/model-state.ts';
import type { NetworkShape } from '../layers/network-shape.ts';
import type { TrainingHistory } from '../autoencoder/training.ts';
import {
  optimizerTensors,
  readOptimizer,
  requireSamePoints,
  requireSameSettings,
} from '../training/checkpoint-parts.ts';
import type { ResolvedVadeSettings } from './options.ts';
import type { VadeProgress } from './training.ts';
import type { VadeWeights } from './variational-network.ts';

const TYPE = 'vade-checkpoint';
const TRAINING_TYPE = 'vade-training';

/** A training before an epoch. */
export interface VadeCheckpoint {
  readonly shape: NetworkShape;
  readonly weights: VadeWeights;
  /** The training of the first autoencoder. */
  readonly history: TrainingHistory;
  /** Clusters of that autoencoder and a mixture of its code. */
  readonly startLabels: Uint32Array;
  /** Undefined when nothing was trained after that. */
  readonly progress: VadeProgress | undefined;
}

/** The checkpoint as plain data, with the settings that must be the same when it is resumed. */
export function writeVadeCheckpoint(
  { shape, weights, history, startLabels, progress }: VadeCheckpoint,
  settings: ResolvedVadeSettings,
): ModelState {
  const { logVariance, logits, means, logVariances } = weights;
  const clusters = logits.length;
  const columns = means.length / clusters;
  const training: ModelState = {
    type: TRAINING_TYPE,
    settings: {
      ...settings,
      done: progress?.epochs ?? 0,
      reconstructionLoss: [...(progress?.history.reconstructionLoss ?? [])],
      divergence: [...(progress?.history.divergence ?? [])],
    },
    tensors: {
      'logVariance.weights': {
        data: logVariance.weights,
        shape: [logVariance.weights.length / columns, columns],
      },
      'logVariance.bias': { data: logVariance.bias, shape: [columns] },
      logits: { data: logits, shape: [clusters] },
      means: { data: means, shape: [clusters, columns] },
      logVariances: { data: logVariances, shape: [clusters, columns] },
      startLabels: { data: startLabels, shape: [startLabels.length] },
      ...optimizerTensors(progress?.optimizer),
    },
  };
  const autoencoder = writeState({ shape, weights: weights.layers, history });
  return nestModelStates(TYPE, { autoencoder, training });
}

/** @throws {DataError} when the state belongs to something else, to other settings or points, or is damaged */
export function readVadeCheckpoint(
  state: ModelState,
  settings: ResolvedVadeSettings,
  points: Points,
): VadeCheckpoint {
  // Throws for another type.
  new StateReader(state, TYPE);
  const { shape, weights: layers, history } = readState(partOfModelState(state, 'autoencoder'));
  const part = partOfModelState(state, 'training');
  const reader = new StateReader(part, TRAINING_TYPE);
  requireSameSettings(part, { ...settings });
  const { clusters } = settings;
  const { inputs, units } = shape.layers[shape.encoderDepth - 1];
  const startLabels = reader.labels('startLabels', clusters);
  requireSamePoints(points, startLabels.length, shape.layers[0].inputs);
  const float32 = (name: string, extents: readonly number[]) => Float32Array.from(reader.real(name, extents));
  return {
    shape,
    history,
    startLabels,
    weights: {
      layers,
      logVariance: {
        weights: float32('logVariance.weights', [inputs, units]),
        bias: float32('logVariance.bias', [units]),
      },
      logits: float32('logits', [clusters]),
      means: float32('means', [clusters, units]),
      logVariances: float32('logVariances', [clusters, units]),
    },
    progress: {
      epochs: reader.wholeNumber('done', 0),
      history: {
        reconstructionLoss: reader.numbers('reconstructionLoss'),
        divergence: reader.numbers('divergence'),
      },
      optimizer: readOptimizer(part),
    },
  };
}
