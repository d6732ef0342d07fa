import type { ModelState } from '@shoal/core';
import type { OpenEngine } from '../engines.ts';
import { UsageError } from '../exit-codes.ts';
import { rejectGiven } from '../reject-given.ts';
import { agglomerativeMethod } from './agglomerative.ts';
import { autoencoderMethods } from './autoencoder.ts';
import { dbscanMethod } from './dbscan.ts';
import { bayesianMixtureMethod } from './bayesian-gmm.ts';
import { bisectingKMeansMethod } from './bisecting-kmeans.ts';
import { embeddedMethods } from './embedded.ts';
import { mixtureMethod } from './gmm.ts';
import { hdbscanMethod } from './hdbscan.ts';
import { kmeansMethod } from './kmeans.ts';
import type { Method, ModelWithMemory } from './method.ts';
import { miniBatchKMeansMethod } from './minibatch-kmeans.ts';
import { n2dMethods } from './n2d.ts';
import { METHOD_OPTIONS, type MethodOptions, type OptionName } from './options.ts';
import { sizedKMeansMethod } from './sized-kmeans.ts';
import { umapMethods } from './umap.ts';
import { vadeMethod } from './vade.ts';

/** Every value of `--method`, in the order of the help. */
export const METHODS: readonly Method[] = [
  kmeansMethod,
  mixtureMethod,
  miniBatchKMeansMethod,
  sizedKMeansMethod,
  bisectingKMeansMethod,
  bayesianMixtureMethod,
  hdbscanMethod,
  dbscanMethod,
  agglomerativeMethod,
  ...autoencoderMethods,
  ...umapMethods,
  ...n2dMethods,
  ...embeddedMethods,
  vadeMethod,
];

/** @throws {UsageError} when there is no such method */
export function methodNamed(name: string): Method {
  const found = METHODS.find((method) => method.name === name);
  if (found !== undefined) return found;
  const known = METHODS.map((method) => method.name).join(', ');
  throw new UsageError(`--method takes ${known}; got "${name}".`);
}

/** @throws {UsageError} when a given option does not belong to the method, or to its kind of start */
export function rejectForeignOptions(options: Omit<MethodOptions, 'clusters'>): void {
  const own: readonly OptionName[] = methodNamed(options.method).options;
  const all = Object.entries(METHOD_OPTIONS) as [OptionName, (typeof METHOD_OPTIONS)[OptionName]][];
  for (const [name, make] of all) {
    if (!own.includes(name)) rejectGiven(`--method ${options.method}`, { [make().long!]: options[name] });
  }
  const { init, rounds, oversampling } = options;
  if (init !== 'k-means||') {
    rejectGiven(`--init ${init ?? 'k-means++'}`, { '--rounds': rounds, '--oversampling': oversampling });
  }
}

/**
 * Loads a saved model onto an engine.
 *
 * @throws {UsageError} when the model is of a type this version does not know
 */
export async function loadMethod(state: ModelState, opened: OpenEngine): Promise<ModelWithMemory> {
  const method = METHODS.find(({ type }) => type === state.type);
  if (method === undefined) {
    throw new UsageError(
      `The run holds a model of type "${state.type}", which this version of Shoal cannot read.`,
    );
  }
  return method.load(state, opened);
}
