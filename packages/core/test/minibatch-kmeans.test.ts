import { describe, expect, it } from 'vitest';
import {
  adjustedRandIndex,
  InvalidArgumentError,
  matrix,
  matrixFromRows,
  MiniBatchKMeans,
  MiniBatchKMeansModel,
  sliceRows,
} from '@shoal/core';
import { blobs } from '@shoal/core/testing';
import fixture from './fixtures/minibatch-kmeans.json' with { type: 'json' };

describe.each(fixture.streams)('$name', ({ init, steps }) => {
  it('move centroids as in scikit-learn', async () => {
    let model: MiniBatchKMeansModel | undefined;
    for (const { points, weights, centroids, labels } of steps) {
      const batch = matrixFromRows(points);
      const options = { weights: weights ?? undefined };
      model = model
        ? await model.partialFit(batch, options)
        : await new MiniBatchKMeans({ clusters: 4, init, reassignment: 0 }).partialFit(batch, options);
      centroids.flat().forEach((value, i) => {
        expect(model!.centroids.data[i]).toBeCloseTo(value, 9);
      });
      expect(Array.from(model.labels)).toEqual(labels);
      expect(await model.predict(batch)).toEqual(model.labels);
    }
    expect(model?.iterations).toBe(steps.length);
  });
});

describe('mini-batch k-means', () => {
  const { clusters, batchSize, meanInertia } = fixture.whole;
  const waves = matrixFromRows(
    Array.from({ length: 6000 }, (_, i) =>
      [0, 1, 2, 3].map((j) => Math.sin(i * (j + 1) * 0.37) + (i % 7) * ((j % 2) * 2 - 1)),
    ),
  );

  it("ends with scikit-learn's inertia, and labels that belong to its centroids", async () => {
    let sum = 0;
    for (let seed = 0; seed < 20; seed++) {
      const model = await new MiniBatchKMeans({ clusters, batchSize, seed }).fit(waves);
      expect(model.converged).toBe(true);
      if (seed === 0) expect(await model.score(waves)).toBeCloseTo(-model.inertia, 6);
      sum += model.inertia;
    }
    expect(sum / 20).toBeLessThan(meanInertia * 1.02);
  });

  it('finds separated clusters, more often from several starts', async () => {
    const { points, classes } = blobs(900, 4, 6, 3, 0.5);
    const options = {
      clusters: 6,
      batchSize: 100,
      nInit: 4,
      metric: 'euclidean',
      scaling: 'standardize',
    } as const;
    const model = await new MiniBatchKMeans(options).fit(points);
    expect(adjustedRandIndex(classes, model.labels)).toBe(1);
    expect(model.warnings).toEqual([]);
  });

  it('leaves points of weight 0 out', async () => {
    const { points } = blobs(300, 3, 3, 8);
    const far = matrix(
      Float32Array.from(points.data, (value, at) => (at < 30 ? 1e4 : value)),
      300,
      3,
    );
    const weights = Float32Array.from({ length: 300 }, (_, i) => (i < 10 ? 0 : 1));
    const { centroids } = await new MiniBatchKMeans({ clusters: 3, batchSize: 50 }).fit(far, { weights });
    expect(Math.max(...centroids.data)).toBeLessThan(20);
  });

  it('gives starved clusters points of the batch', async () => {
    const { points } = blobs(400, 2, 4, 5, 0.5);
    const init = matrixFromRows([
      [0, 0],
      [900, 900],
      [901, 900],
      [900, 901],
    ]);
    const kept = await new MiniBatchKMeans({ clusters: 4, init, batchSize: 64, reassignment: 0 }).fit(points);
    expect(new Set(kept.labels).size).toBe(1);
    expect(kept.warnings.join()).toContain('Only 1 of 4 clusters');
    const moved = await new MiniBatchKMeans({ clusters: 4, init, batchSize: 64 }).fit(points);
    expect(new Set(moved.labels).size).toBe(4);
    expect(moved.inertia).toBeLessThan(kept.inertia / 4);
  });

  it('follows points that drift, when old batches fade', async () => {
    const { points } = blobs(200, 2, 2, 4, 0.3);
    const later = matrix(
      points.data.map((value) => value + 5),
      200,
      2,
    );
    const drift = async (decay: number): Promise<number> => {
      let model = await new MiniBatchKMeans({ clusters: 2, decay }).partialFit(points);
      for (let batch = 0; batch < 3; batch++) model = await model.partialFit(later);
      return model.inertia;
    };
    expect(await drift(0)).toBeLessThan((await drift(1)) / 4);
    expect(await drift(0.5)).toBeLessThan(await drift(1));
  });

  it('goes on from a saved model as if it had not been saved', async () => {
    const { points } = blobs(240, 3, 4, 6);
    const far = matrix(
      Float64Array.from(points.data, (value) => value + 1e6),
      240,
      3,
    );
    const [first, second] = [sliceRows(far, 0, 120), sliceRows(far, 120, 240)];
    const model = await new MiniBatchKMeans({ clusters: 4, seed: 3 }).partialFit(first);
    const saved = MiniBatchKMeansModel.fromState(structuredClone(model.toState()));
    const [one, two] = [await model.partialFit(second), await saved.partialFit(second)];
    expect(two.toState()).toEqual(one.toState());
    expect(one.counts.reduce((sum, count) => sum + count, 0)).toBe(240);
  });

  it.each([
    ['batchSize', { batchSize: 0 }],
    ['initSize', { initSize: 2 }],
    ['patience', { patience: 0.5 }],
    ['reassignment', { reassignment: 2 }],
    ['decay', { decay: -1 }],
  ])('refuses a %s out of range', (name, options) => {
    expect(() => new MiniBatchKMeans({ clusters: 3, ...options })).toThrow(InvalidArgumentError);
    expect(() => new MiniBatchKMeans({ clusters: 3, ...options })).toThrow(new RegExp(name));
  });
});
