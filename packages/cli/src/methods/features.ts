import { orientedGradients, type Matrix, type ModelState } from '@shoal/core';
import { StateReader } from '@shoal/core/model-kit';
import { nestModelStates, partOfModelState, type Dataset } from '@shoal/data';
import { UsageError } from '../exit-codes.ts';

import type { FittedModel } from './fit-method.ts';
import type { LoadedModel } from './loaded-model.ts';
import type { FeatureName } from './method-options.ts';

/** How large the images are; all else as `orientedGradients` has it by default. */
type Gradients = Readonly<Record<'width' | 'height', number>>;

const STATE_TYPE = 'gradients';

/**
 * How the images of a dataset are described.
 *
 * @returns undefined for pixels
 * @throws {UsageError} when gradients are wanted of what are no images
 */
export function gradientsOf(
  features: FeatureName | undefined,
  { imageShape }: Pick<Dataset, 'imageShape'>,
): Gradients | undefined {
  if (features !== 'gradients') return undefined;
  if (imageShape === undefined) {
    throw new UsageError(
      '--features gradients takes images, a dataset of them or IDX; these points are none.',
    );
  }
  const [height, width] = imageShape;
  return { width, height };
}

/** A fit of gradients as one of images. */
export function ofGradients(model: FittedModel, described: Matrix, gradients: Gradients): FittedModel {
  return {
    ...model,
    predict: async (images, signal) =>
      model.predict(await orientedGradients(images, gradients, signal), signal),
    space: model.space ?? { name: 'the oriented gradients', ofTraining: () => Promise.resolve(described) },
    toState: () => nestModelStates(STATE_TYPE, { model: model.toState() }, { ...gradients }),
  };
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
  const model = await load(partOfModelState(state, 'model'));
  return {
    predict: async (images, signal) =>
      model.predict(await orientedGradients(images, gradients, signal), signal),
    dispose: () => {
      model.dispose();
    },
  };
}
