import { readFileSync } from 'node:fs';
import { matrix } from '@shoal/core';

interface Fixture {
  readonly rows: number;
  readonly columns: number;
  readonly points: readonly number[];
  readonly classes: readonly number[];
  readonly neighbors: number;
  readonly graph: {
    readonly offsets: readonly number[];
    readonly targets: readonly number[];
    readonly weights: readonly number[];
  };
  /** minDist, spread, a, b. */
  readonly curves: readonly (readonly [number, number, number, number])[];
  readonly codes: readonly number[];
  readonly trustworthinessOfCodes: Readonly<Record<string, number>>;
  /** Of umap-learn's embeddings, k = 15. */
  readonly trustworthiness: readonly number[];
}

/** What umap-learn and scikit-learn make of some of scikit-learn's digits; see fixtures/generate.py. */
export const umapLearn = JSON.parse(
  readFileSync(new URL('fixtures/umap.json', import.meta.url), 'utf8'),
) as Fixture;

const { rows, columns, points, codes } = umapLearn;
export const digits = matrix(Float32Array.from(points), rows, columns);
/** Their first three principal components. */
export const digitCodes = matrix(Float64Array.from(codes), rows, 3);
