import { DATASET_NAMES, isDatasetName, READ_OPTION_NAMES, type Dataset, type ReadOptions } from '@shoal/data';
import { loadDataset, readPointsFile } from '@shoal/data/node';
import type { CommandContext } from './context.ts';
import { UsageError } from './exit-codes.ts';
import { accessing } from './file-errors.ts';
import { flagOf } from './read-options.ts';
import { rejectGiven } from './reject-given.ts';

/** Training images per test image, as in Fashion-MNIST. */
export const TRAIN_PER_TEST = 6;

/** Options with which commands find and read their points. */
export interface InputOptions extends ReadOptions {
  readonly dataDir?: string | undefined;
  readonly download?: boolean | undefined;
  readonly scale?: number | undefined;
  /** Greatest number of bytes of a file that are read, after unpacking. */
  readonly maxBytes?: number | undefined;
  readonly size?: number | undefined;
}

/** Training points, and test points if the dataset has them. */
export interface Input {
  readonly name: string;
  readonly train: Dataset;
  readonly test?: Dataset | undefined;
}

/**
 * The part asked for.
 *
 * @throws {UsageError} when the input is not divided, or does not have this part
 */
export function partOf(input: Input, split: 'train' | 'test'): Dataset {
  const part = input[split];
  if (part === undefined) throw new UsageError(`${input.name} has no ${split} part.`);
  return part;
}

/**
 * Loads a dataset by name, or a file.
 *
 * @throws {DatasetUnavailableError} when a named dataset is not found and cannot be downloaded
 * @throws {UsageError} when there is no such dataset and no such file, or an option does not apply to it
 * @throws {InvalidArgumentError} when an option does not apply to the format of the file
 * @throws {FormatError} when a file is malformed
 */
export async function loadInput(
  source: string,
  options: InputOptions,
  { signal, progress, endProgress }: CommandContext,
): Promise<Input> {
  rejectForeignOptions(source, options);
  if (isDatasetName(source)) {
    const { dataDir, download, size } = options;
    const dataset = await loadDataset(source, {
      dataDir,
      download,
      train: size,
      test: size && Math.max(1, Math.floor(size / TRAIN_PER_TEST)),
      signal,
      onProgress: progress,
    });
    endProgress();
    return dataset;
  }
  try {
    const train = await accessing(
      source,
      readPointsFile(source, { ...options, signal, onProgress: progress }),
    );
    endProgress();
    return { name: source, train };
  } catch (error) {
    const { cause } = error as Error;
    if ((cause as NodeJS.ErrnoException | undefined)?.code !== 'ENOENT') throw error;
    throw new UsageError(
      `There is no file "${source}" and no dataset of that name; the datasets are ${DATASET_NAMES.join(' and ')}.`,
      { cause },
    );
  }
}

/** The options of file formats, by their names as typed. */
export function readOptionsOf(options: ReadOptions): Readonly<Record<string, unknown>> {
  return Object.fromEntries(READ_OPTION_NAMES.map((name) => [flagOf(name), options[name]]));
}

function rejectForeignOptions(source: string, options: InputOptions): void {
  if (isDatasetName(source)) {
    rejectGiven(`the dataset ${source}`, {
      ...readOptionsOf(options),
      '--scale': options.scale,
      '--max-bytes': options.maxBytes,
      ...(source !== 'garments' && { '--size': options.size }),
    });
  } else {
    rejectGiven('a file', { '--size': options.size, '--data-dir': options.dataDir });
  }
}
