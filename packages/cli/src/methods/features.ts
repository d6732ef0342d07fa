import {
  DataError,
  orientedGradients,
  type ClusterModel,
  type InferenceOptions,
  type Matrix,
  type ModelState,
  type Points,
} from '@shoal/core';
import { StateReader } from '@shoal/core/model-kit';
import { nestModelStates, partOfModelState, type Dataset } from '@shoal/data';
import type { OpenEngine } from '../engines.ts';
import { UsageError } from '../exit-codes.ts';
import { loadMethod, methodNamed } from './index.ts';
import type { FittedModel, FittedSpace, ModelWithMemory, Watching } from './method.ts';
import type { MethodOptions } from './options.ts';

/** The size of the images; all other settings are the defaults of `orientedGradients`. */
type Gradients = Readonly<Record<'width' | 'height', number>>;

/** Oriented gradients as an image: four by four cells, with eight directions in each as channels. */
const GRADIENT_IMAGE = { height: 4, width: 4, channels: 8 } as const;

const STATE_TYPE = 'gradients';

/** The points of a dataset, before they are described. */
interface FeaturesInput extends Pick<Dataset, 'points' | 'imageShape'> {
  readonly weights?: Float64Array | undefined;
  /** Points for the validation loss while an autoencoder trains. */
  readonly validation?: Matrix | undefined;
}

/**
 * Fits the method to what `options.features` makes of a dataset: its points, or the oriented gradients of its images.
 * In both cases the model takes points like those of the dataset.
 *
 * @throws {UsageError} when gradients are asked for and the points are not images
 * @throws like the `fit` of the method
 */
export async function fitFeatures(
  { points, imageShape, weights, validation }: FeaturesInput,
  options: MethodOptions,
  opened: OpenEngine,
  watching: Watching,
): Promise<FittedModel> {
  const method = methodNamed(options.method);
  if (options.features !== 'gradients') {
    const image = imageShape && { height: imageShape[0], width: imageShape[1] };
    return method.fit({ points, weights, validation, image }, options, opened, watching);
  }
  const gradients = gradientsOf(imageShape);
  const describe = (images: Matrix) => orientedGradients(images, gradients, watching.signal);
  const described = await describe(points);
  const input = {
    points: described,
    described: points,
    weights,
    validation: validation && (await describe(validation)),
    image: GRADIENT_IMAGE,
  };
  const fitted = await method.fit(input, options, opened, watching);
  return {
    ...fitted,
    model: ofGradients(fitted.model, gradients),
    space: spaceOf(fitted, described, describe),
  };
}

/** Wraps a model of gradients so that it takes the images. */
function ofGradients(model: ClusterModel, gradients: Gradients): ClusterModel {
  const { clusters, labels, objective, iterations, converged, warnings } = model;
  return {
    clusters,
    labels,
    objective,
    iterations,
    converged,
    warnings,
    hierarchy: model.hierarchy,
    predict: predictOf(model, gradients),
    toState: () => nestModelStates(STATE_TYPE, { model: model.toState() }, { ...gradients }),
  };
}

function gradientsOf(imageShape: Dataset['imageShape']): Gradients {
  if (imageShape === undefined) {
    throw new UsageError(
      '--features gradients needs images, a dataset of them or IDX; these points are not images.',
    );
  }
  const [height, width] = imageShape;
  return { width, height };
}

/** The space of a model of gradients, or the gradients themselves. */
function spaceOf(
  { space }: FittedModel,
  described: Matrix,
  describe: (images: Matrix) => Promise<Matrix>,
): FittedSpace {
  if (space === undefined) {
    return { name: 'the oriented gradients', ofTraining: () => Promise.resolve(described), of: describe };
  }
  return { ...space, of: async (images, signal) => space.of(await describe(images), signal) };
}

/** Labels images by a model of their gradients. */
function predictOf(model: Pick<ClusterModel, 'predict'>, gradients: Gradients): ClusterModel['predict'] {
  return async (images: Points, options: InferenceOptions = {}) => {
    const described = await orientedGradients(images as Matrix, gradients, options.signal);
    return model.predict(described, options);
  };
}

/**
 * Loads a saved model onto an engine, also a model of gradients.
 *
 * @throws {UsageError} when the model is of a type this version does not know
 * @throws {DataError} when the state is damaged
 */
export async function loadModel(state: ModelState, opened: OpenEngine): Promise<ModelWithMemory> {
  if (state.type !== STATE_TYPE) return loadMethod(state, opened);
  const reader = new StateReader(state, STATE_TYPE);
  const gradients = { width: reader.wholeNumber('width', 1), height: reader.wholeNumber('height', 1) };
  const part = partOfModelState(state, 'model');
  if (part.type === STATE_TYPE) {
    throw new DataError(
      'The saved gradients model is damaged: it describes gradients by gradients. Save the model again.',
    );
  }
  const model = await loadMethod(part, opened);
  return {
    predict: predictOf(model, gradients),
    hierarchy: model.hierarchy,
    destroy: () => {
      model.destroy?.();
    },
  };
}
