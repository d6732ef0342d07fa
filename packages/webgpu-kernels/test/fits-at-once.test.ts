import { GaussianMixture, KMeans } from '@shoal/core';
import { blobs, bytes } from '@shoal/core/testing';
import { expect, it } from 'vitest';
import { createNodeWebGpuEngine } from '../src/node/index.ts';

it.each([Infinity, 0])(
  'several fits at once on one device have the same bits as one after another, %d bytes resident',
  async (residentBytes) => {
    const engine = await createNodeWebGpuEngine({ allowSoftware: true, residentBytes });
    try {
      const floats = blobs(700, 6, 5, 1, 3).points;
      const fits = [
        async () => (await new KMeans({ clusters: 5, seed: 1, engine }).fit(floats)).toState(),
        async () => (await new KMeans({ clusters: 40, seed: 2, engine }).fit(bytes(400, 30, 2))).toState(),
        async () => (await new GaussianMixture({ clusters: 3, seed: 3, engine }).fit(floats)).toState(),
      ];
      const alone = [];
      for (const fit of fits) alone.push(await fit());
      expect(await Promise.all(fits.map((fit) => fit()))).toEqual(alone);
      expect(engine.memory).toEqual({ buffers: 0, bytes: 0 });
    } finally {
      engine.destroy();
    }
  },
);
