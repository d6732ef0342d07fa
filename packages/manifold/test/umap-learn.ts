import { readFileSync } from 'node:fs';
import { matrix } from '@shoal/core';

interface Fixture {
  readonly rows: number;
  readonly columns: number;
  /** All 1797, as numbers in base 17. */
  readonly digits: string;
  readonly classes: readonly number[];
  readonly neighbors: number;
  readonly graph: {
    readonly offsets: readonly number[];
    readonly targets: readonly number[];
    readonly weights: readonly number[];
  };
  /**
   * Distances in neighborhoods of `neighbors`, the point itself first, and the values by which umap-learn smooths them.
   */
  readonly neighborhoods: {
    readonly distances: readonly number[];
    readonly sigmas: readonly number[];
    readonly rhos: readonly number[];
  };
  /** Of the graph, in two dimensions. */
  readonly spectral: readonly number[];
  /** minDist, spread, a, b. */
  readonly curves: readonly (readonly [number, number, number, number])[];
  readonly codes: readonly number[];
  readonly trustworthinessOfCodes: Readonly<Record<string, number>>;
  /** Of umap-learn's embeddings, k = 15. */
  readonly trustworthiness: readonly number[];
  /** A class of each of all digits. */
  readonly allClasses: string;
  /** Of umap-learn's embeddings of all digits, 15 neighbors, two dimensions, for three seeds. */
  readonly structureOfAll: {
    /** By the number of neighbors. */
    readonly trustworthiness: Readonly<Record<string, readonly number[]>>;
    /** Of k-means on the embedding. */
    readonly adjustedRand: readonly number[];
  };
}

/** Results of umap-learn and scikit-learn for some of scikit-learn's digits; see fixtures/generate.py. */
export const umapLearn = JSON.parse(
  readFileSync(new URL('fixtures/umap.json', import.meta.url), 'utf8'),
) as Fixture;

const { rows, columns, codes } = umapLearn;
export const allDigits = matrix(
  Uint8Array.from(umapLearn.digits, (digit) => parseInt(digit, 17)),
  umapLearn.digits.length / columns,
  columns,
);
export const allClasses = Uint8Array.from(umapLearn.allClasses, Number);
/** Every fifth. */
export const digits = matrix(
  Float32Array.from(allDigits.data.filter((_, at) => Math.floor(at / columns) % 5 === 0)),
  rows,
  columns,
);
/** Their first three principal components. */
export const digitCodes = matrix(Float64Array.from(codes), rows, 3);
