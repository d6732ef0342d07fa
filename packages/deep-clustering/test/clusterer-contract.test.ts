import { createReferenceEngine } from '@shoal/core';
import { clustererContract, type ContractClusterer } from '@shoal/core/testing';
import { afterAll, it } from 'vitest';
import {
  DeepClustering,
  DeepClusteringModel,
  EmbeddedClustering,
  EmbeddedClusteringModel,
  N2d,
  N2dModel,
  Vade,
  VadeModel,
  type CodeClustering,
} from '../src/index.ts';
import { openWasm } from './tensor-backends.ts';

const opened = await openWasm();
const { backend } = opened;
const engine = createReferenceEngine();
afterAll(() => {
  opened.destroy();
});

const autoencoder = { layers: [8, 3], epochs: 3, batchSize: 32, learningRate: 0.01 } as const;

function ofCode(clustering: CodeClustering, name: string): ContractClusterer {
  return {
    name: `autoencoder and ${name}`,
    fit: (points, { engine, ...watching }) =>
      new DeepClustering({ autoencoder, clustering, backend, engine }).fit(points, watching),
    load: (state, engine) => DeepClusteringModel.fromState(state, { backend, engine }),
  };
}

function embedded(objective: 'dec' | 'idec'): ContractClusterer {
  return {
    name: objective,
    fit: (points, { engine, ...watching }) =>
      new EmbeddedClustering({ objective, autoencoder, clusters: 3, maxIterations: 5, backend, engine }).fit(
        points,
        watching,
      ),
    load: (state, engine) => EmbeddedClusteringModel.fromState(state, { backend, engine }),
  };
}

const clusterers: readonly ContractClusterer[] = [
  ofCode({ method: 'kmeans', clusters: 3 }, 'k-means'),
  ofCode({ method: 'gmm', clusters: 3 }, 'a mixture'),
  {
    name: 'N2D',
    fit: (points, { engine, ...watching }) =>
      new N2d({
        autoencoder,
        members: 2,
        umap: { dimensions: 3, neighbors: 8, epochs: 30 },
        clustering: { method: 'gmm', clusters: 3, regCovar: 1e-3 },
        backend,
        engine,
      }).fit(points, watching),
    load: (state, engine) => N2dModel.fromState(state, { backend, engine }),
  },
  embedded('dec'),
  embedded('idec'),
  {
    name: 'VaDE',
    fit: (points, { engine, ...watching }) =>
      new Vade({ autoencoder, clusters: 3, epochs: 3, backend, engine }).fit(points, watching),
    load: (state, engine) => VadeModel.fromState(state, { backend, engine }),
  },
];

it.each(clusterers.flatMap(clustererContract))('$name', async ({ run }) => {
  await run(engine);
});
