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

/** What a training must have in common with the one it goes on with. */
export interface AutoencoderTask {
  readonly shape: NetworkShape;
  readonly settings: ResolvedSettings;
  readonly seed: number;
  readonly points: Points;
}

/** Whether it is a training of an autoencoder, and not of what is made of one. */
export function isAutoencoderCheckpoint({ type }: ModelState): boolean {
  return type === TYPE;
}

/** As plain data, with the settings that it only goes on with. */
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

/** @throws {DataError} when the state is of something else, of other settings, points or layers, or damaged */
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
      `The checkpoint was made after ${history.loss.length} epochs, but only ${epochs} are wanted: go on with as many at least.`,
    );
  }
  const best = patience === undefined ? undefined : readState(partOfModelState(state, 'best')).weights;
  return { weights, progress: { history, optimizer: readOptimizer(part), best } };
}

/** All that a training depends on but the network's layers; its length may change. */
function settingsOf({ settings, seed }: AutoencoderTask) {
  const { loss, noise, batchSize, learningRate, patience } = settings;
  return { loss, noise, batchSize, learningRate, patience: patience ?? null, seed };
}
