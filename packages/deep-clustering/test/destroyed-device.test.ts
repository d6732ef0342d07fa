import { StateError } from '@shoal/core';
import { beforeAll, expect, test } from 'vitest';
import { Autoencoder, DeepClustering, EmbeddedClustering, Vade } from '../src/index.ts';
import { stripes } from './stripes.ts';
import { openWebGpu } from './tensor-backends.ts';

let gpu: Awaited<ReturnType<typeof openWebGpu>>;
beforeAll(async () => {
  gpu = await openWebGpu();
});

const points = stripes(70, 12, 1);
const autoencoder = { layers: [3], epochs: 2, batchSize: 35 };

test('fits say that the device was destroyed, during and after it', async () => {
  const { backend, engine } = gpu;
  const clustering = { method: 'kmeans', clusters: 3 } as const;
  const pipeline = new DeepClustering({ autoencoder, clustering, backend, engine });
  const model = await pipeline.fit(points);
  const endless = new Autoencoder({ ...autoencoder, epochs: 100_000, backend }).fit(points, {
    onProgress: ({ completed }) => {
      if (completed >= 2 * points.rows) engine.destroy();
    },
  });
  await expect(endless).rejects.toThrow(/device that tensors were computed on was destroyed/);
  await expect(endless).rejects.toBeInstanceOf(StateError);
  for (const use of [
    () => pipeline.fit(points),
    () => model.predict(points),
    () =>
      new EmbeddedClustering({
        objective: 'dec',
        clusters: 3,
        autoencoder,
        maxIterations: 2,
        backend,
        engine,
      }).fit(points),
    () => new Vade({ autoencoder, clusters: 3, epochs: 2, backend, engine }).fit(points),
  ]) {
    await expect(use()).rejects.toBeInstanceOf(StateError);
  }
  backend.destroy();
});
