import { KMeans, kmeansKind, type Matrix, type PartedPoints } from '@shoal/core';
import type { OpenEngine } from '../engines.ts';
import { KMEANS, scalingOf } from './clusterings.ts';
import { fitted, type FittedModel, type Method, type Watching } from './method.ts';
import type { MethodOptions } from './options.ts';

export const kmeansMethod: Method = {
  name: KMEANS.name,
  title: KMEANS.title,
  options: [...KMEANS.options, 'scaling'],
  metrics: KMEANS.metrics,
  weighted: true,
  fit: ({ points, weights }, ...rest) => fitKMeans(points, weights, ...rest),
  fitParts: (points, ...rest) => fitKMeans(points, undefined, ...rest),
  type: kmeansKind.type,
  load: (state, { engine }) => Promise.resolve(kmeansKind.load(state, engine)),
};

async function fitKMeans(
  points: Matrix | PartedPoints,
  weights: Float64Array | undefined,
  options: MethodOptions,
  { engine }: OpenEngine,
  watching: Watching,
): Promise<FittedModel> {
  const { seed } = options;
  const kmeans = new KMeans({ ...KMEANS.choose(options), scaling: scalingOf(options), seed, engine });
  return fitted(await kmeans.fit(points, { ...watching, weights }));
}
