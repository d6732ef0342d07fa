import { InvalidArgumentError } from '@shoal/core';
import { DATASET_NAMES, isDatasetName, type SplitDataset } from '../dataset.ts';
import { garments, type GarmentsOptions } from '../garments/garments.ts';
import { loadFashionMnist } from './fashion-mnist.ts';
import type { PublishedImagesOptions } from './published-images.ts';

/** Options of every built-in dataset; each dataset uses its own. */
export type LoadDatasetOptions = PublishedImagesOptions & GarmentsOptions;

/**
 * Loads a built-in dataset by name.
 *
 * @throws {InvalidArgumentError} for an unknown name
 * @throws {DatasetUnavailableError} when it is not on this machine and cannot be downloaded
 */
export async function loadDataset(name: string, options: LoadDatasetOptions = {}): Promise<SplitDataset> {
  if (!isDatasetName(name)) {
    throw new InvalidArgumentError(
      `There is no dataset "${name}"; the built-in ones are ${DATASET_NAMES.join(' and ')}.`,
    );
  }
  switch (name) {
    case 'fashion-mnist':
      return loadFashionMnist(options);
    case 'garments':
      return garments(options);
  }
}
