import {
  GaussianMixtureModel,
  KMeansModel,
  type InferenceOptions,
  type Matrix,
  type ModelState,
} from '@shoal/core';
import type {
  DeepClusteringModel,
  EmbeddedClusteringModel,
  N2dModel,
  VadeModel,
} from '@shoal/deep-clustering';
import type { OpenEngine } from './engines.ts';
import { UsageError } from './exit-codes.ts';
import { isOfGradients, loadOfGradients } from './methods/features.ts';
import type { LoadedModel } from './methods/loaded-model.ts';

/**
 * Brings a saved model back on an engine.
 *
 * @throws {UsageError} when the model is of a type this version does not know
 */
export async function loadModel(state: ModelState, opened: OpenEngine): Promise<LoadedModel> {
  if (isOfGradients(state)) return loadOfGradients(state, (part) => loadModel(part, opened));
  const { engine } = opened;
  switch (state.type) {
    case 'kmeans':
    case 'gaussian-mixture': {
      return loaded((state.type === 'kmeans' ? KMeansModel : GaussianMixtureModel).fromState(state, engine));
    }
    case 'ae-kmeans':
    case 'ae-gmm': {
      const { DeepClusteringModel } = await import('@shoal/deep-clustering');
      return loadedDeep(
        DeepClusteringModel.fromState(state, { engine, backend: await opened.tensorBackend() }),
      );
    }
    case 'umap-kmeans':
    case 'umap-gmm':
    case 'umap-cut': {
      const { UmapClusteringModel } = await import('@shoal/manifold');
      return loaded(UmapClusteringModel.fromState(state, engine));
    }
    case 'n2d': {
      const { N2dModel } = await import('@shoal/deep-clustering');
      return loadedDeep(N2dModel.fromState(state, { engine, backend: await opened.tensorBackend() }));
    }
    case 'dec':
    case 'idec': {
      const { EmbeddedClusteringModel } = await import('@shoal/deep-clustering');
      const place = { engine, backend: await opened.tensorBackend() };
      return loadedDeep(EmbeddedClusteringModel.fromState(state, place));
    }
    case 'vade': {
      const { VadeModel } = await import('@shoal/deep-clustering');
      return loadedDeep(VadeModel.fromState(state, { engine, backend: await opened.tensorBackend() }));
    }
    default:
      throw new UsageError(
        `The run holds a model of type "${state.type}", which this version of Shoal cannot read.`,
      );
  }
}

/** @param dispose for a model whose weights lie on a tensor backend */
function loaded(
  model: { predict(points: Matrix, options: InferenceOptions): Promise<Uint32Array> },
  dispose: LoadedModel['dispose'] = () => undefined,
): LoadedModel {
  return { predict: (points, signal) => model.predict(points, { signal }), dispose };
}

function loadedDeep(
  model: DeepClusteringModel | N2dModel | EmbeddedClusteringModel | VadeModel,
): LoadedModel {
  return loaded(model, () => {
    model.dispose();
  });
}
