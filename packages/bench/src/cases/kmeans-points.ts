import type { Matrix } from '@shoal/core';
import { fashionImages, QUICK_IMAGES } from '../data/images.ts';
import { blobs, noise, startingRows } from '../data/point-sets.ts';
import type { KMeansTask } from './kmeans-contenders.ts';
import type { Shape } from './work.ts';

/** Points and a start for several cases. */
export interface KMeansPoints {
  readonly name: string;
  readonly shape: Shape;
  /** How the points are made. */
  readonly data: string;
  readonly seed: number;
  readonly iterations: number;
  make(signal: AbortSignal): Promise<KMeansTask & { readonly bytes?: Matrix }>;
}

/** The images of Fashion-MNIST as float32 pixels / 255 and as bytes, K = 10, ten given images as centroids. */
export function fashionMnist(quick: boolean): KMeansPoints {
  const seed = 784;
  const iterations = quick ? 3 : 30;
  return {
    name: 'fashion-mnist',
    shape: { rows: quick ? QUICK_IMAGES : 60_000, columns: 784, clusters: 10 },
    data: quick
      ? `the first ${QUICK_IMAGES} garments, pixels / 255`
      : 'the 60,000 training images of Fashion-MNIST, pixels / 255',
    seed,
    iterations,
    async make(signal) {
      const { pixels, bytes } = await fashionImages(quick, signal);
      return { points: pixels, bytes, start: startingRows(pixels, 10, seed), iterations };
    },
  };
}

/**
 * One blob for each centroid, so broad that they overlap: centers ~ N(0, 0.5^2 I), points = center + N(0, I). There is
 * structure to find, but no bound lets an algorithm skip most distances.
 *
 * With this seed, rounding decides no label. With most other seeds, one label that float32 rounds differently leads to
 * another optimum, with a difference of up to 6e-4, also between two float32 libraries. See decision 0070.
 */
export function blobs1024(quick: boolean): KMeansPoints {
  const seed = 1;
  const shape = large(quick);
  const iterations = quick ? 2 : 20;
  return {
    name: 'blobs-1024',
    shape,
    data: `${shape.clusters} blobs, centers ~ N(0, 0.5^2 I), points = center + N(0, I)`,
    seed,
    iterations,
    async make(signal) {
      const { rows, columns, clusters } = shape;
      const { points } = await blobs({ rows, columns, centers: clusters, spread: 0.5, seed }, signal);
      return { points, start: startingRows(points, clusters, seed), iterations };
    },
  };
}

/** N(0, I): no structure to find, and none that bounds could use. */
export function noise1024(quick: boolean): KMeansPoints {
  const seed = 1025;
  const shape = large(quick);
  const iterations = quick ? 2 : 20;
  return {
    name: 'noise-1024',
    shape,
    data: 'N(0, I)',
    seed,
    iterations,
    async make(signal) {
      const points = await noise(shape.rows, shape.columns, seed, signal);
      return { points, start: startingRows(points, shape.clusters, seed), iterations };
    },
  };
}

/** 10,000 x 100: a size for libraries in plain JavaScript. */
export function small(quick: boolean): KMeansPoints {
  const seed = 100;
  const shape = quick
    ? { rows: 200, columns: 10, clusters: 4 }
    : { rows: 10_000, columns: 100, clusters: 10 };
  return {
    name: 'small',
    shape,
    data: '10 blobs, centers ~ N(0, 0.2^2 I), points = center + N(0, I)',
    seed,
    iterations: 300,
    async make(signal) {
      const { rows, columns, clusters } = shape;
      const { points } = await blobs({ rows, columns, centers: 10, spread: 0.2, seed }, signal);
      return { points, start: startingRows(points, clusters, seed), iterations: 300 };
    },
  };
}

function large(quick: boolean): Shape {
  return quick ? { rows: 200, columns: 16, clusters: 8 } : { rows: 100_000, columns: 128, clusters: 1024 };
}
