import { createReferenceEngine, GaussianMixture, KMeans } from '@shoal/core';
import { blobs } from '@shoal/core/testing';
import { describe, expect, it } from 'vitest';
import { Gate } from './gate.ts';
import type { FitTask, FromWorker } from './messages.ts';
import { runFit } from './run-fit.ts';

const { points } = blobs(300, 5, 4, 8, 5);
const engine = createReferenceEngine();

async function run(task: Omit<FitTask, 'points'>, signal = new AbortController().signal) {
  const told: FromWorker[] = [];
  const outcome = await runFit(
    { points, ...task },
    {
      engine,
      gate: new Gate(0),
      signal,
      tell: (message) => told.push(message),
    },
  );
  const frames = told.flatMap((message) => (message.kind === 'frame' ? [message.frame] : []));
  return { outcome, told, frames };
}

describe('runFit', () => {
  it('fits k-means as core does, and shows every iteration', async () => {
    const { outcome, told, frames } = await run({ settings: { method: 'kmeans', clusters: 4, seed: 2 } });
    const alone = await new KMeans({ clusters: 4, seed: 2, engine }).fit(points);
    expect(outcome.value).toBe(alone.inertia);
    expect(outcome.data.labels).toEqual(alone.labels);
    expect(frames.map(({ iteration }) => iteration)).toEqual(
      Array.from({ length: alone.iterations }, (_, i) => i + 1),
    );
    expect(frames.map(({ value }) => value)).toEqual(alone.inertiaHistory.slice(0, frames.length));
    expect(told.findIndex(({ kind }) => kind === 'layout')).toBeLessThan(
      told.findIndex(({ kind }) => kind === 'frame'),
    );
    expect(outcome.data.history).toEqual([
      { name: 'inertia', step: 'iteration', values: alone.inertiaHistory },
    ]);
  });

  it('fits mixtures as core does, with ellipses on the map', async () => {
    const { outcome, frames } = await run({
      settings: { method: 'gmm', clusters: 4, covarianceType: 'tied' },
    });
    const alone = await new GaussianMixture({ clusters: 4, covarianceType: 'tied', engine }).fit(points);
    expect(outcome.value).toBe(alone.lowerBound);
    const { covariances } = frames[0].model;
    expect(covariances).toHaveLength(12);
    // A tied covariance is the same ellipse for all.
    expect([...covariances!.subarray(0, 3)]).toEqual([...covariances!.subarray(9, 12)]);
    expect(outcome.data.model?.covariances).toHaveLength(12);
  });

  it('ends where the last frame was, up to convergence', async () => {
    const { outcome, frames } = await run({ settings: { method: 'kmeans', clusters: 4, tolerance: 0 } });
    expect(outcome.converged).toBe(true);
    expect(outcome.data.model?.centroids).toEqual(frames[frames.length - 1].model.centroids);
  });

  it('puts centroids at the mean of their points on a map that was computed elsewhere', async () => {
    const positions = Float32Array.from({ length: 2 * points.rows }, (_, i) => (i * 37) % 101);
    const { frames, outcome } = await run({ settings: { method: 'kmeans', clusters: 3 }, positions });
    const { labels, model } = frames[0];
    let sum = 0;
    let count = 0;
    labels.forEach((label, i) => {
      if (label !== 1) return;
      sum += positions[2 * i];
      count++;
    });
    expect(model.centroids[2]).toBeCloseTo(sum / count, 4);
    expect(outcome.data.positions).toEqual(positions);
  });

  it('maps the unit sphere when distances are cosines', async () => {
    const { told } = await run({ settings: { method: 'kmeans', clusters: 3, metric: 'cosine' } });
    const layout = told.find((message) => message.kind === 'layout');
    const largest = layout?.positions.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    expect(largest).toBeLessThan(2);
  });

  it('rejects what core rejects, and stops when the signal is aborted', async () => {
    await expect(run({ settings: { method: 'kmeans', clusters: 1000 } })).rejects.toThrow(/1000 clusters/);
    const stopped = AbortSignal.abort(new Error('enough'));
    await expect(run({ settings: { method: 'gmm', clusters: 2 } }, stopped)).rejects.toThrow('enough');
  });
});
