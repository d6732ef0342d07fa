import { DataError, orientedGradients, type Matrix, type ModelState } from '@shoal/core';
import { StateReader } from '@shoal/core/model-kit';
import { nestModelStates, partOfModelState, type Dataset } from '@shoal/data';
import type { OpenEngine } from '../engines.ts';
import { UsageError } from '../exit-codes.ts';
import { fitMethod, type FittedModel, type FittedSpace, type Run } from './fit-method.ts';
import type { LoadedModel } from './loaded-model.ts';
import type { MethodOptions } from './method-options.ts';

/** How large the images are; all else as `orientedGradients` has it by default. */
type Gradients = Readonly<Record<'width' | 'height', number>>;

/** Oriented gradients as an image: four by four cells, and for channels the eight directions in each. */
const GRADIENT_IMAGE = { height: 4, width: 4, channels: 8 } as const;

const STATE_TYPE = 'gradients';

/**
 * Fits the method asked for to what `options.features` makes of a dataset: its points, or the oriented gradients of its
 * images. The model takes points like those of the dataset either way.
 *
 * @throws {UsageError} when gradients are wanted of what are no images
 * @throws like `fitMethod`
 */
export async function fitFeatures(
  { points, imageShape }: Pick<Dataset, 'points' | 'imageShape'>,
  validation: Matrix | undefined,
  options: MethodOptions,
  opened: OpenEngine,
  run: Run,
): Promise<FittedModel> {
  if (options.features !== 'gradients') {
    const image = imageShape && { height: imageShape[0], width: imageShape[1] };
    return fitMethod({ points, validation, image }, options, opened, run);
  }
  const gradients = gradientsOf(imageShape);
  const describe = (images: Matrix) => orientedGradients(images, gradients, run.signal);
  const described = await describe(points);
  const input = {
    points: described,
    described: points,
    validation: validation && (await describe(validation)),
    image: GRADIENT_IMAGE,
  };
  const model = await fitMethod(input, options, opened, run);
  return {
    ...model,
    predict: predictOf(model, gradients),
    space: spaceOf(model, described, describe),
    toState: () => nestModelStates(STATE_TYPE, { model: model.toState() }, { ...gradients }),
  };
}

function gradientsOf(imageShape: Dataset['imageShape']): Gradients {
  if (imageShape === undefined) {
    throw new UsageError(
      '--features gradients takes images, a dataset of them or IDX; these points are none.',
    );
  }
  const [height, width] = imageShape;
  return { width, height };
}

/** That of a model of gradients, or the gradients themselves. */
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
function predictOf(model: LoadedModel, gradients: Gradients): LoadedModel['predict'] {
  return async (images, signal) => model.predict(await orientedGradients(images, gradients, signal), signal);
}

/** Whether a saved model is one of gradients. */
export function isOfGradients({ type }: ModelState): boolean {
  return type === STATE_TYPE;
}

/** @throws {DataError} when the state is damaged */
export async function loadOfGradients(
  state: ModelState,
  load: (part: ModelState) => Promise<LoadedModel>,
): Promise<LoadedModel> {
  const reader = new StateReader(state, STATE_TYPE);
  const gradients = { width: reader.wholeNumber('width', 1), height: reader.wholeNumber('height', 1) };
  const part = partOfModelState(state, 'model');
  if (isOfGradients(part)) {
    throw new DataError(
      'The saved gradients model is damaged: it describes gradients by gradients. Save the model again.',
    );
  }
  const model = await load(part);
  return {
    predict: predictOf(model, gradients),
    dispose: () => {
      model.dispose();
    },
  };
}
