import { matrix, toFloat32, type Matrix } from '@shoal/core';
import { garments } from '@shoal/data';
import { loadFashionMnist } from '@shoal/data/node';

/** Images in two forms: as bytes, and as the float32 pixels that the bytes stand for. */
export interface Images {
  readonly bytes: Matrix;
  readonly pixels: Matrix;
}

/** Number of garments that replace Fashion-MNIST in a quick run. */
export const QUICK_IMAGES = 300;

/**
 * The 60,000 training images of Fashion-MNIST; a few of the built-in garments in a quick run.
 *
 * @throws {DatasetUnavailableError} when Fashion-MNIST is not found and cannot be downloaded
 */
export async function fashionImages(quick: boolean, signal: AbortSignal): Promise<Images> {
  return quick ? drawnImages(QUICK_IMAGES, signal) : twice((await loadFashionMnist({ signal })).train.points);
}

/** The first images of the built-in garments. */
export async function drawnImages(count: number, signal: AbortSignal): Promise<Images> {
  return twice((await garments({ train: count, test: 1, signal })).train.points);
}

function twice(bytes: Matrix): Images {
  return { bytes, pixels: matrix(toFloat32(bytes), bytes.rows, bytes.columns) };
}
