import { GaussianMixture, KMeans, type Engine, type Matrix } from '@shoal/core';
import { blobs, bytes } from '@shoal/core/testing';

/** Results for comparisons to the last bit. */
export interface Fit {
  readonly inertia: number;
  readonly labels: number[];
}

/** Seeds and fits floats and bytes, with every variant of an iteration that works with these shapes. */
export async function fitAll(engine: Engine): Promise<Fit[]> {
  const fits: Fit[] = [];
  for (const [points, clusters] of [
    [blobs(1500, 20, 5, 1, 6).points, 5],
    [blobs(900, 70, 5, 2, 6).points, 250],
    [bytes(500, 300, 3), 10],
  ] satisfies [Matrix, number][]) {
    const { inertia, labels } = await new KMeans({ clusters, seed: 2, engine }).fit(points);
    fits.push({ inertia, labels: [...labels] });
  }
  return fits;
}

/** A complete fit of k-means and of a mixture, as JSON. */
export async function fitStates(engine: Engine): Promise<string> {
  const { points } = blobs(900, 5, 6, 3, 2);
  const kmeans = await new KMeans({ clusters: 8, seed: 1, tolerance: 0, engine }).fit(points);
  const mixture = await new GaussianMixture({
    clusters: 4,
    tolerance: 1e-9,
    maxIterations: 12,
    engine,
  }).fit(points);
  const whole = (_: string, value: unknown) =>
    ArrayBuffer.isView(value) ? [...(value as Float64Array)] : value;
  return JSON.stringify([kmeans.toState(), mixture.toState()], whole);
}
