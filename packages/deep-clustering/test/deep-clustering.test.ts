import { DataError, GaussianMixtureModel, InvalidArgumentError, KMeansModel } from '@shoal/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  defaultCodeMixture,
  DeepClustering,
  DeepClusteringModel,
  type CodeClustering,
} from '../src/index.ts';
import { stripes } from './stripes.ts';
import { openWasm, type TestBackend } from './tensor-backends.ts';

let opened: TestBackend;
beforeAll(async () => {
  opened = await openWasm();
});
afterAll(() => {
  opened.destroy();
});

const points = stripes(90, 12, 1);
const autoencoder = { layers: [8, 3], epochs: 20, batchSize: 32, learningRate: 0.01 } as const;
const methods = [
  { method: 'kmeans', clusters: 3, nInit: 3 },
  { method: 'gmm', clusters: 3, nInit: 3 },
] as const satisfies readonly CodeClustering[];

test.each(methods)('$method finds the kinds of rows, and survives being saved', async (clustering) => {
  const { backend } = opened;
  const model = await new DeepClustering({ autoencoder, clustering, backend, seed: 1 }).fit(points);
  expect(model.clustering).toBeInstanceOf(
    clustering.method === 'kmeans' ? KMeansModel : GaussianMixtureModel,
  );
  expect(new Set(model.labels.subarray(0, 3)).size).toBe(3);
  expect([...model.labels].every((label, i) => label === model.labels[i % 3])).toBe(true);
  expect(model.clustering.centers?.scalings).toEqual([{ kind: 'unit' }]);

  const fresh = stripes(30, 12, 7);
  const labels = await model.predict(fresh);
  expect(labels).toEqual(model.labels.slice(0, 30));

  const loaded = DeepClusteringModel.fromState(structuredClone(model.toState()), { backend });
  expect(await loaded.predict(fresh)).toEqual(labels);
  loaded.destroy();
  model.destroy();
});

test('the code can be clustered as it is', async () => {
  const { backend } = opened;
  const options = { autoencoder, clustering: methods[0], scaling: 'none', backend } as const;
  const model = await new DeepClustering(options).fit(points);
  expect(model.clustering.centers?.scalings).toEqual([]);
});

test('a state of another kind of model is refused', async () => {
  const { backend } = opened;
  const model = await new DeepClustering({ autoencoder, clustering: methods[0], backend }).fit(points);
  const state = { ...model.toState(), type: 'kmeans' };
  expect(() => DeepClusteringModel.fromState(state, { backend })).toThrow(DataError);
});

test('an undefined option means the default, not none', async () => {
  const { backend } = opened;
  const clustering = { method: 'gmm', clusters: 3, regCovar: undefined } as const;
  const model = await new DeepClustering({ autoencoder, clustering, backend }).fit(points);
  const saved = model.toState().settings;
  expect(JSON.stringify(saved)).toContain(`"regCovar":${defaultCodeMixture.regCovar}`);
  model.destroy();
});

test('settings of the clustering are refused before anything is trained', () => {
  const { backend } = opened;
  const refused: readonly CodeClustering[] = [
    { method: 'kmeans', clusters: 0 },
    { method: 'gmm', clusters: 3, regCovar: -1 },
  ];
  for (const clustering of refused) {
    expect(() => new DeepClustering({ autoencoder, clustering, backend })).toThrow(InvalidArgumentError);
  }
});
