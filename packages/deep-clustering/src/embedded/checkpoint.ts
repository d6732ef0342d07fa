import type { ModelState, Points } from '@shoal/core';
import { StateReader } from '@shoal/core/model-kit';
import { nestModelStates, partOfModelState } from '@shoal/data';
import { readState, writeState, type SavedAutoencoder } from '../autoencoder/model-state.ts';
import {
  optimizerTensors,
  readOptimizer,
  requireSamePoints,
  requireSameSettings,
} from '../training/checkpoint-parts.ts';
import type { ResolvedEmbeddedSettings } from './options.ts';
import type { EmbeddedProgress } from './training.ts';

const TYPE = 'embedded-clustering-checkpoint';
const TRAINING_TYPE = 'embedded-clustering-training';

/** A training between two target distributions. */
export interface EmbeddedCheckpoint {
  /** The network's parameters at this moment. */
  readonly autoencoder: SavedAutoencoder;
  /** The centers at this moment, K x d. */
  readonly centers: Float32Array;
  /** Clusters of the autoencoder and k-means, before the training. */
  readonly startLabels: Uint32Array;
  readonly progress: EmbeddedProgress;
}

/** The checkpoint as plain data, with the settings that must be the same when it is resumed. */
export function writeCheckpoint(
  { autoencoder, centers, startLabels, progress }: EmbeddedCheckpoint,
  settings: ResolvedEmbeddedSettings,
): ModelState {
  const { steps, labels, history, optimizer } = progress;
  const training: ModelState = {
    type: TRAINING_TYPE,
    settings: {
      ...settings,
      steps,
      clusteringLoss: [...history.clusteringLoss],
      reconstructionLoss: [...history.reconstructionLoss],
      changed: [...history.changed],
    },
    tensors: {
      centers: { data: centers, shape: [settings.clusters, centers.length / settings.clusters] },
      startLabels: { data: startLabels, shape: [startLabels.length] },
      labels: { data: labels, shape: [labels.length] },
      ...optimizerTensors(optimizer),
    },
  };
  return nestModelStates(TYPE, { autoencoder: writeState(autoencoder), training });
}

/** @throws {DataError} when the state belongs to something else, to other settings or points, or is damaged */
export function readCheckpoint(
  state: ModelState,
  settings: ResolvedEmbeddedSettings,
  points: Points,
): EmbeddedCheckpoint {
  // Throws for another type.
  new StateReader(state, TYPE);
  const autoencoder = readState(partOfModelState(state, 'autoencoder'));
  const part = partOfModelState(state, 'training');
  const reader = new StateReader(part, TRAINING_TYPE);
  requireSameSettings(part, { ...settings });
  const { clusters } = settings;
  const { layers, encoderDepth } = autoencoder.shape;
  const startLabels = reader.labels('startLabels', clusters);
  const labels = reader.labels('labels', clusters);
  requireSamePoints(points, labels.length, layers[0].inputs);
  requireSamePoints(points, startLabels.length, layers[0].inputs);
  return {
    autoencoder,
    centers: Float32Array.from(reader.real('centers', [clusters, layers[encoderDepth - 1].units])),
    startLabels,
    progress: {
      steps: reader.wholeNumber('steps', 0),
      labels,
      history: {
        clusteringLoss: reader.numbers('clusteringLoss'),
        reconstructionLoss: reader.numbers('reconstructionLoss'),
        changed: reader.numbers('changed'),
      },
      optimizer: readOptimizer(part),
    },
  };
}
