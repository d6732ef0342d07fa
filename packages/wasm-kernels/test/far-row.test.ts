import {
  createReferenceEngine,
  GaussianMixture,
  GaussianMixtureModel,
  matrix,
  Random,
  type Matrix,
} from '@shoal/core';
import { afterAll, describe, expect, it } from 'vitest';
import { createWasmEngine } from '../src/index.ts';

const engines = await Promise.all(
  (['plain', 'fused'] as const).map((arithmetic) => createWasmEngine({ threads: 1, arithmetic })),
);
const reference = createReferenceEngine();
afterAll(() => {
  for (const engine of engines) engine.destroy();
});

/** Three groups of times, and one missing time: 0. */
function times(rows: number, offset: number): Matrix {
  const random = new Random(5);
  const data = Float64Array.from({ length: 2 * rows }, (_, at) =>
    at % 2 === 0
      ? Math.round(offset + 5000 * (Math.floor(at / 2) % 3) + 500 * random.normal())
      : Math.round(500 * random.normal()),
  );
  data[0] = 0;
  return matrix(data, rows, 2);
}

describe.each(['full', 'diag', 'tied', 'spherical'] as const)(
  'a %s mixture with one outlier',
  (covarianceType) => {
    it('gives the same labels on another engine', async () => {
      const points = times(300, 1.7e12);
      const model = await new GaussianMixture({
        clusters: 4,
        covarianceType,
        nInit: 3,
        seed: 1,
        engine: reference,
      }).fit(points);
      for (const engine of engines) {
        const elsewhere = GaussianMixtureModel.fromState(structuredClone(model.toState()), engine);
        expect(await elsewhere.predict(points)).toEqual(model.labels);
      }
    });
  },
);

it.each(engines)('one row at 1e10 does not cost the others precision: $info.arithmetic', async (wasm) => {
  const random = new Random(2);
  const data = Float64Array.from({ length: 302 }, (_, at) =>
    Math.round(3 * random.normal() + 60 * (Math.floor(at / 2) % 3)),
  );
  data[0] = 1e10;
  const points = matrix(data, 151, 2);
  for (const covarianceType of ['full', 'diag', 'spherical'] as const) {
    const options = { clusters: 4, covarianceType, nInit: 3 } as const;
    const [expected, actual] = await Promise.all(
      [reference, wasm].map((engine) => new GaussianMixture({ ...options, engine }).fit(points)),
    );
    const [theirs, ours] = [await expected.scoreSamples(points), await actual.scoreSamples(points)];
    ours.forEach((score, i) => {
      expect(Math.abs(score - theirs[i]), `${covarianceType}, row ${i}`).toBeLessThan(0.05);
    });
  }
});
