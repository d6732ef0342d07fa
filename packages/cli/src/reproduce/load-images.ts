import type { Dataset } from '@shoal/data';
import { DatasetUnavailableError } from '@shoal/data';
import { loadDataset } from '@shoal/data/node';
import { sliceRows } from '@shoal/core';
import type { CommandContext } from '../context.ts';
import { UsageError } from '../exit-codes.ts';
import { TRAIN_PER_TEST } from '../input.ts';
import type { LabeledSplit } from './labeled-split.ts';

export interface Images {
  readonly name: string;
  readonly train: LabeledSplit;
  readonly test: LabeledSplit;
  /** True when `garments` replaces Fashion-MNIST. */
  readonly fallback: boolean;
}

export interface ImageOptions {
  readonly dataset?: string | undefined;
  readonly dataDir?: string | undefined;
  readonly download: boolean;
  readonly limit?: number | undefined;
}

/** Training images that either dataset has. */
const ALL = 60_000;

/**
 * The images to reproduce the report on: Fashion-MNIST when it is available, else `garments`, with a remark.
 *
 * @throws {DatasetUnavailableError} when Fashion-MNIST was asked for by name and is not available
 */
export async function loadImages(options: ImageOptions, context: CommandContext): Promise<Images> {
  const { dataset, dataDir, download, limit } = options;
  if (dataset !== undefined && dataset !== 'fashion-mnist' && dataset !== 'garments') {
    throw new UsageError(`--dataset takes fashion-mnist or garments; got "${dataset}".`);
  }
  const { signal, progress, endProgress } = context;
  const size = Math.min(limit ?? ALL, ALL);
  const testSize = Math.floor(size / TRAIN_PER_TEST);
  // Garments are drawn, so draw only as many as needed.
  const drawn = { train: size, test: Math.max(1, testSize) };
  const load = { dataDir, download, signal, onProgress: progress, ...drawn };
  let name: 'fashion-mnist' | 'garments' = dataset ?? 'fashion-mnist';
  let fallback = false;
  let split;
  try {
    split = await loadDataset(name, load);
  } catch (error) {
    if (dataset !== undefined || !(error instanceof DatasetUnavailableError)) throw error;
    context.stderr(
      `Fashion-MNIST is not available, so this runs on Shoal's own garments instead. ${error.message}`,
    );
    name = 'garments';
    fallback = true;
    split = await loadDataset(name, load);
  }
  endProgress();
  return {
    name,
    fallback,
    train: firstRows(split.train, size),
    test: firstRows(split.test, testSize),
  };
}

function firstRows(dataset: Dataset, limit: number): LabeledSplit {
  const { name, points, labels, classNames = [], imageShape } = dataset;
  if (labels === undefined) throw new UsageError(`${name} has no classes to score the clusters against.`);
  const rows = Math.min(limit, points.rows);
  return { points: sliceRows(points, 0, rows), classes: labels.slice(0, rows), classNames, imageShape };
}
