import { hash32, InvalidArgumentError, matrix, Random, type ProgressListener } from '@shoal/core';
import type { LabeledDataset, SplitDataset } from '../dataset.ts';
import { GARMENT_CLASS_NAMES } from './classes.ts';
import { Tailor } from './draw.ts';
import { side } from './frame.ts';

export interface GarmentsOptions {
  /** Number of training images (default 60,000). */
  readonly train?: number | undefined;
  /** Number of test images (default 10,000). */
  readonly test?: number | undefined;
  /** A whole number from 0 to 2^53 - 1 (default 0). */
  readonly seed?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ProgressListener | undefined;
}

const classes = GARMENT_CLASS_NAMES.length;

/**
 * Draws a dataset of garments: silhouettes of 28 x 28 bytes, read with scale 1 / 255, in the ten classes of
 * Fashion-MNIST. Cut, size, pose, brightness, pattern and grain vary. Every ten images hold each class once, in random
 * order. Image i depends only on the seed, the part and i, so a smaller set is the beginning of a larger one. The same
 * on every platform.
 *
 * @throws {InvalidArgumentError} when a size is not a positive whole number, or for an invalid seed
 * @throws the signal's reason when aborted
 */
export async function garments(options: GarmentsOptions = {}): Promise<SplitDataset> {
  const { train = 60_000, test = 10_000, seed = 0, signal, onProgress } = options;
  const random = new Random(seed);
  const [trainSeed, testSeed] = [random.uint32(), random.uint32()];
  for (const size of [train, test]) {
    if (!Number.isSafeInteger(size) || size < 1) {
      throw new InvalidArgumentError(`The number of images must be a positive whole number; got ${size}.`);
    }
  }
  let drawn = 0;
  const onBatch = async (count: number): Promise<void> => {
    drawn += count;
    onProgress?.({ phase: 'drawing garments', completed: drawn, total: train + test });
    // Gives an abort, a key press or a repaint a chance.
    await new Promise((resolve) => setTimeout(resolve, 0));
    signal?.throwIfAborted();
  };
  signal?.throwIfAborted();
  return {
    name: 'garments',
    train: await drawPart('garments/train', train, trainSeed, onBatch),
    test: await drawPart('garments/test', test, testSeed, onBatch),
  };
}

async function drawPart(
  name: string,
  size: number,
  seed: number,
  onBatch: (count: number) => Promise<void>,
): Promise<LabeledDataset> {
  const batch = 1000;
  const pixels = side * side;
  const data = new Uint8Array(size * pixels);
  const labels = new Uint8Array(size);
  const tailor = new Tailor();
  for (let start = 0; start < size; start += batch) {
    const end = Math.min(size, start + batch);
    for (let i = start; i < end; i++) {
      if (i % classes === 0) labels.set(shuffledClasses(hash32(~seed >>> 0, i)).subarray(0, size - i), i);
      tailor.draw(labels[i], hash32(seed, i), data.subarray(i * pixels, (i + 1) * pixels));
    }
    await onBatch(end - start);
  }
  return {
    name,
    points: matrix(data, size, pixels, 1 / 255),
    labels,
    classNames: GARMENT_CLASS_NAMES,
    imageShape: [side, side],
  };
}

function shuffledClasses(seed: number): Uint32Array {
  return new Random(seed).shuffle(Uint32Array.from({ length: classes }, (_, label) => label));
}
