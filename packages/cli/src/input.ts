import { datasetNames, isDatasetName, type CsvOptions, type Dataset } from '@shoal/data';
import { loadDataset, readPointsFile } from '@shoal/data/node';
import type { CommandContext } from './context.ts';
import { UsageError } from './exit-codes.ts';
import { accessing } from './file-errors.ts';
import { rejectGiven } from './reject-given.ts';

/** Training images per test image, as in Fashion-MNIST. */
export const TRAIN_PER_TEST = 6;

/** Values of `--delimiter`. */
export const DELIMITERS = { comma: ',', semicolon: ';', tab: '\t' } as const;

/** Options by which commands find and read their points. */
export interface InputOptions {
  readonly dataDir?: string | undefined;
  readonly download?: boolean | undefined;
  readonly header?: 'yes' | 'no' | 'auto' | undefined;
  readonly labelColumn?: string | undefined;
  readonly delimiter?: keyof typeof DELIMITERS | undefined;
  /** Which tensor of a safetensors file holds the points. */
  readonly tensor?: string | undefined;
  readonly scale?: number | undefined;
  /** Bytes of a file that are read at most, unpacked. */
  readonly maxBytes?: number | undefined;
  readonly size?: number | undefined;
}

/** Points to learn from, and to test on where the dataset brings such. */
export interface Input {
  readonly name: string;
  readonly train: Dataset;
  readonly test?: Dataset | undefined;
}

/**
 * The part asked for.
 *
 * @throws {UsageError} when the input is not divided, or has no such part
 */
export function partOf(input: Input, split: 'train' | 'test'): Dataset {
  const part = input[split];
  if (part === undefined) throw new UsageError(`${input.name} has no ${split} part.`);
  return part;
}

/**
 * Loads a dataset by name, or a file.
 *
 * @throws {DatasetUnavailableError} when a named dataset can neither be found nor fetched
 * @throws {UsageError} when there is neither such a dataset nor such a file, or an option does not apply to it
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
  const { header, labelColumn, delimiter, tensor, scale, maxBytes } = options;
  try {
    const label = parseLabelColumn(labelColumn);
    const separator = delimiter && DELIMITERS[delimiter];
    const reading = { header, label, delimiter: separator, tensor, scale, maxBytes, signal };
    const train = await accessing(source, readPointsFile(source, reading));
    return { name: source, train };
  } catch (error) {
    const { cause } = error as Error;
    if ((cause as NodeJS.ErrnoException | undefined)?.code !== 'ENOENT') throw error;
    throw new UsageError(
      `There is no file "${source}", nor a dataset of that name; the datasets are ${datasetNames.join(' and ')}.`,
      { cause },
    );
  }
}

function rejectForeignOptions(source: string, options: InputOptions): void {
  if (isDatasetName(source)) {
    rejectGiven(`the dataset ${source}`, {
      '--header': options.header,
      '--label-column': options.labelColumn,
      '--delimiter': options.delimiter,
      '--tensor': options.tensor,
      '--scale': options.scale,
      '--max-bytes': options.maxBytes,
      ...(source !== 'garments' && { '--size': options.size }),
    });
  } else {
    rejectGiven('a file', { '--size': options.size, '--data-dir': options.dataDir });
  }
}

/** A position counts from 1; anything that is no position is a column's name. */
function parseLabelColumn(text: string | undefined): CsvOptions['label'] {
  switch (text) {
    case undefined:
    case 'none':
    case 'first':
    case 'last':
      return text;
    default:
      return /^\d+$/.test(text) ? Number(text) : { name: text };
  }
}
