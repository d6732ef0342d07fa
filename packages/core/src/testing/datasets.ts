import { matrix, type Matrix } from '../matrix.ts';
import { Random } from '../random.ts';

/** Points around well separated centers, with the index of the center each came from. */
export interface Blobs {
  readonly points: Matrix;
  readonly classes: Uint32Array;
}

/**
 * Seeded Gaussian blobs as float32: centers uniform in [-10, 10]^D, standard deviation `spread`,
 * classes in turn.
 */
export function blobs(rows: number, columns: number, centers: number, seed: number, spread = 1): Blobs {
  const random = new Random(seed);
  const middles = Float64Array.from({ length: centers * columns }, () => 20 * random.uniform() - 10);
  const classes = Uint32Array.from({ length: rows }, (_, i) => i % centers);
  const data = new Float32Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      data[i * columns + j] = middles[classes[i] * columns + j] + spread * random.normal();
    }
  }
  return { points: matrix(data, rows, columns), classes };
}

/** Seeded bytes, uniform in 0..255, to be read as values in [0, 1]. */
export function bytes(rows: number, columns: number, seed: number): Matrix {
  const random = new Random(seed);
  const data = Uint8Array.from({ length: rows * columns }, () => random.integer(256));
  return matrix(data, rows, columns, 1 / 255);
}

/** Seeded weights in (0, 2], every seventh one zero. */
export function sampleWeights(rows: number, seed: number): Float32Array {
  const random = new Random(seed);
  return Float32Array.from({ length: rows }, (_, i) => (i % 7 === 6 ? 0 : 2 - 2 * random.uniform()));
}
