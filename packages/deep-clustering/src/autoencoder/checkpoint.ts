import { DataError, type ModelState, type Points } from '@shoal/core';
import { StateReader } from '@shoal/core/model-kit';
import { nestModelStates, partOfModelState } from '@shoal/data';
import type { LayerWeights, NetworkShape } from '../layers/network-shape.ts';
import {
  optimizerTensors,
  readOptimizer,
  requireSamePoints,
  requireSameSettings,
} from '../training/checkpoint-parts.ts';
import { readState, writeState } from './model-state.ts';
import type { ResolvedSettings } from './options.ts';
import type { TrainingProgress } from './training.ts';

const TYPE = 'autoencoder-checkpoint';
const TRAINING_TYPE = 'autoencoder-training';

/** A training after an epoch. */
export interface AutoencoderCheckpoint {
  readonly weights: readonly LayerWeights[];
  readonly progress: TrainingProgress;
}

/** What a training must have in common with the one that it continues. */
export interface AutoencoderTask {
  readonly shape: NetworkShape;
  readonly settings: ResolvedSettings;
  readonly seed: number;
  readonly points: Points;
}

/** Whether it is a training of an autoencoder, and not of a model built on one. */
export function isAutoencoderCheckpoint({ type }: ModelState): boolean {
  return type === TYPE;
}

/** The checkpoint as plain data, with the settings that must be the same when it is resumed. */
export function writeAutoencoderCheckpoint(
  { weights, progress }: AutoencoderCheckpoint,
  task: AutoencoderTask,
): ModelState {
  const { history, optimizer, best } = progress;
  const { shape } = task;
  const training: ModelState = {
    type: TRAINING_TYPE,
    settings: { ...settingsOf(task), rows: task.points.rows },
    tensors: optimizerTensors(optimizer),
  };
  return nestModelStates(TYPE, {
    autoencoder: writeState({ shape, weights, history }),
    ...(best && { best: writeState({ shape, weights: best, history }) }),
    training,
  });
}

/** @throws {DataError} when the state belongs to something else, to other settings, points or layers, or is damaged */
export function readAutoencoderCheckpoint(state: ModelState, task: AutoencoderTask): AutoencoderCheckpoint {
  // Throws for another type.
  new StateReader(state, TYPE);
  const { shape, weights, history } = readState(partOfModelState(state, 'autoencoder'));
  const part = partOfModelState(state, 'training');
  const rows = new StateReader(part, TRAINING_TYPE).wholeNumber('rows', 1);
  requireSameSettings(part, settingsOf(task));
  requireSamePoints(task.points, rows, shape.layers[0].inputs);
  if (JSON.stringify(shape) !== JSON.stringify(task.shape)) {
    throw new DataError(
      'The checkpoint is of an autoencoder with other layers: resume with the same layers, or start over.',
    );
  }
  const { epochs, patience } = task.settings;
  if (history.loss.length > epochs) {
    throw new DataError(
      `The checkpoint was made after ${history.loss.length} epochs, but only ${epochs} are asked for: set epochs to at least ${history.loss.length}.`,
    );
  }
  const best = patience === undefined ? undefined : readState(partOfModelState(state, 'best')).weights;
  return { weights, progress: { history, optimizer: readOptimizer(part), best } };
}

/** All settings that a training depends on, except the network's layers; the number of epochs may change. */
function settingsOf({ settings, seed }: AutoencoderTask) {
  const { loss, noise, batchSize, learningRate, patience } = settings;
  return { loss, noise, batchSize, learningRate, patience: patience ?? null, seed };
}
