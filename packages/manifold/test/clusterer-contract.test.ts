import { createReferenceEngine, type Engine } from '@shoal/core';
import { clustererContract, type ContractClusterer } from '@shoal/core/testing';
import { createWasmEngine } from '@shoal/wasm-kernels';
import { afterAll, describe, it } from 'vitest';
import { UmapClustering, UmapClusteringModel, type EmbeddingClustering } from '../src/index.ts';

const engines: readonly Engine[] = [createReferenceEngine(), await createWasmEngine({ threads: 1 })];
afterAll(() => {
  for (const engine of engines) engine.destroy();
});

function ofEmbedding(clustering: EmbeddingClustering, name: string): ContractClusterer {
  return {
    name: `UMAP and ${name}`,
    fit: (points, { engine, ...watching }) =>
      new UmapClustering({
        clustering,
        umap: { dimensions: 3, neighbors: 8, epochs: 40 },
        principalComponents: 4,
        engine,
      }).fit(points, watching),
    load: (state, engine) => UmapClusteringModel.fromState(state, engine),
  };
}

const clusterers = [
  ofEmbedding({ method: 'gmm', clusters: 3, regCovar: 1e-3 }, 'a mixture'),
  ofEmbedding({ method: 'kmeans', clusters: 3 }, 'k-means'),
  ofEmbedding({ method: 'cut', clusters: 3, maxIterations: 50, nInit: 2 }, 'a balanced cut'),
];

describe.each(engines)('on $name', (engine) => {
  it.each(clusterers.flatMap(clustererContract))('$name', async ({ run }) => {
    await run(engine);
  });
});
