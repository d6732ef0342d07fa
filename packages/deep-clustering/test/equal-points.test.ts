import { createReferenceEngine, matrix, Random, type InferenceOptions, type Matrix } from '@shoal/core';
import { afterAll, describe, expect, it } from 'vitest';
import { DeepClustering, EmbeddedClustering, N2d, Vade } from '../src/index.ts';
import { openWasm } from './tensor-backends.ts';

const engine = createReferenceEngine();
const wasm = await openWasm();
const { backend } = wasm;
afterAll(() => {
  wasm.destroy();
});

const COLUMNS = 7;
const KINDS = 60;
const random = new Random(6);
const rows = Array.from({ length: KINDS }, () => Array.from({ length: COLUMNS }, () => random.integer(256)));
// Three copies of each, at different places of batches and vectors, and 60 more of one.
const kinds = Array.from({ length: 3 * KINDS + 60 }, (_, i) => (i < 3 * KINDS ? (7 * i) % KINDS : 5));
const points = pointsOf(kinds);

function pointsOf(list: readonly number[]): Matrix {
  return matrix(Uint8Array.from(list.flatMap((kind) => rows[kind])), list.length, COLUMNS, 1 / 255);
}

interface Fitted {
  readonly labels: Uint32Array;
  readonly warnings: readonly string[];
  predict(points: Matrix, options?: InferenceOptions): Promise<Uint32Array>;
  destroy(): void;
}

const autoencoder = { layers: [8, 3], epochs: 3, batchSize: 32 };
const place = { backend, engine };
const umap = { neighbors: 10, epochs: 3 };

const METHODS: Readonly<Record<string, (points: Matrix, clusters: number) => Promise<Fitted>>> = {
  'ae-kmeans': (points, clusters) =>
    new DeepClustering({ autoencoder, clustering: { method: 'kmeans', clusters }, ...place }).fit(points),
  'ae-gmm': (points, clusters) =>
    new DeepClustering({ autoencoder, clustering: { method: 'gmm', clusters }, ...place }).fit(points),
  n2d: (points, clusters) =>
    new N2d({ autoencoder, umap, clustering: { method: 'gmm', clusters }, ...place }).fit(points),
  'n2d-cut': (points, clusters) =>
    new N2d({ autoencoder, umap, clustering: { method: 'cut', clusters, maxIterations: 50 }, ...place }).fit(
      points,
    ),
  dec: (points, clusters) =>
    new EmbeddedClustering({ objective: 'dec', autoencoder, clusters, maxIterations: 20, ...place }).fit(
      points,
    ),
  idec: (points, clusters) =>
    new EmbeddedClustering({ objective: 'idec', autoencoder, clusters, maxIterations: 20, ...place }).fit(
      points,
    ),
  vade: (points, clusters) => new Vade({ autoencoder, clusters, epochs: 3, ...place }).fit(points),
};

describe.each(Object.entries(METHODS))('%s', (_, fit) => {
  it('gives equal points equal labels, in fit and predict, among other points and alone', async () => {
    const model = await fit(points, 5);
    const byKind = Uint32Array.from(kinds, (kind) => model.labels[kinds.indexOf(kind)]);
    expect(model.labels).toEqual(byKind);
    expect(await model.predict(points)).toEqual(byKind);
    expect([...(await model.predict(pointsOf(kinds.slice(100, 103))))]).toEqual([...byKind.slice(100, 103)]);
    model.destroy();
  });

  it('warns of clusters that hold no points', async () => {
    const model = await fit(pointsOf(new Array<number>(50).fill(0)), 2);
    expect(new Set(model.labels).size).toBe(1);
    expect(model.warnings).toContainEqual(
      expect.stringMatching(/^Only 1 of 2 (clusters hold|components are)/),
    );
    model.destroy();
  });
});
