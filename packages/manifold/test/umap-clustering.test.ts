import {
  adjustedRandIndex,
  DataError,
  InvalidArgumentError,
  KMeans,
  matrix,
  ShapeError,
  type Matrix,
} from '@shoal/core';
import { blobs } from '@shoal/core/testing';
import { createWasmEngine } from '@shoal/wasm-kernels';
import { afterAll, assert, describe, expect, it } from 'vitest';
import {
  UmapClustering,
  UmapClusteringModel,
  BalancedCutModel,
  type UmapClusteringOptions,
} from '../src/index.ts';

const engine = await createWasmEngine({ threads: 1 });
afterAll(() => {
  engine.destroy();
});

const { points, classes } = blobs(240, 60, 4, 3);
const options: UmapClusteringOptions = {
  clustering: { method: 'gmm', clusters: 4, regCovar: 1e-3 },
  umap: { dimensions: 3, neighbors: 10, epochs: 100 },
  principalComponents: 5,
  engine,
};

describe('UmapClustering', () => {
  it.each([
    ['a mixture', options.clustering],
    ['k-means', { method: 'kmeans', clusters: 4 }],
    ['a balanced cut', { method: 'cut', clusters: 4, maxIterations: 100, nInit: 2 }],
  ] as const)(
    'finds planted clusters by %s, places new points, and survives being saved',
    async (_, clustering) => {
      const model = await new UmapClustering({ ...options, clustering }).fit(points);
      expect(adjustedRandIndex(classes, model.labels)).toBe(1);
      expect(model.pca?.components.rows).toBe(5);
      expect([model.embedding.rows, model.embedding.columns]).toEqual([240, 3]);
      // Training points are predicted as they were fitted.
      expect(await model.predict(points)).toEqual(model.labels);
      const jittered = { ...points, data: points.data.map((value) => value + 0.01) };
      const labels = await model.predict(jittered);
      expect(adjustedRandIndex(classes, labels)).toBe(1);
      const loaded = UmapClusteringModel.fromState(structuredClone(model.toState()), engine);
      expect(await loaded.predict(jittered)).toEqual(labels);
    },
  );

  it('cuts clusters that are compact in the points of compactIn', async () => {
    const cut = {
      ...options,
      clustering: { method: 'cut', clusters: 4, maxIterations: 100, nInit: 1 } as const,
    };
    const kinds = matrix(Float32Array.from(classes), classes.length, 1);
    const dispersion = async (compactIn?: Matrix) => {
      const { clustering } = await new UmapClustering(cut).fit(points, { compactIn });
      assert(clustering instanceof BalancedCutModel);
      return clustering.measures.dispersion;
    };
    expect(await dispersion(kinds)).toBeCloseTo(0, 10);
    const phases: string[] = [];
    const tooFew = new UmapClustering(cut).fit(points, {
      compactIn: matrix(kinds.data.slice(1), 239, 1),
      onProgress: ({ phase }) => phases.push(phase),
    });
    await expect(tooFew).rejects.toThrow(ShapeError);
    expect(phases).toEqual([]);
    // By default they are compact in all columns of the points, not in principal components or places.
    const [within, all] = await Promise.all(
      [4, 1].map(async (clusters) => (await new KMeans({ clusters, nInit: 3 }).fit(points)).inertia),
    );
    expect(await dispersion()).toBeCloseTo(within / all, 5);
  });

  it('is the same for the same seed, and different for another', async () => {
    const fit = async (seed: number) =>
      (await new UmapClustering({ ...options, seed }).fit(points)).embedding;
    const [once, again, other] = [await fit(1), await fit(1), await fit(2)];
    expect(again).toEqual(once);
    expect(other).not.toEqual(once);
  });

  it('refuses settings out of range, and states of other models', async () => {
    const refused: readonly Partial<UmapClusteringOptions>[] = [
      { principalComponents: -1 },
      { umap: { neighbors: 1 } },
      { clustering: { method: 'gmm', clusters: 0 } },
      { seed: -1 },
    ];
    for (const changed of refused) {
      expect(() => new UmapClustering({ ...options, ...changed })).toThrow(InvalidArgumentError);
    }
    // As from JavaScript, with the options of k-means in the place of a clustering.
    const none = { ...options, clustering: undefined } as unknown as UmapClusteringOptions;
    expect(() => new UmapClustering(none)).toThrow(/A clustering is its method .*; got undefined\./);
    const model = await new UmapClustering(options).fit(points);
    const state = model.toState();
    expect(() => UmapClusteringModel.fromState({ ...state, type: 'kmeans' })).toThrow(DataError);
    const damaged = { ...state, settings: { ...state.settings, unitLength: 1 } };
    expect(() => UmapClusteringModel.fromState(damaged)).toThrow(DataError);
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(new UmapClustering(options).fit(points, { signal })).rejects.toThrow('enough');
  });
});
