import { GaussianMixtureModel, KMeansModel, type ModelState } from '@shoal/core';
import type {
  DeepClusteringModel,
  EmbeddedClusteringModel,
  N2dModel,
  VadeModel,
} from '@shoal/deep-clustering';
import type { OpenEngine } from './engines.ts';
import { UsageError } from './exit-codes.ts';
import type { LoadedModel } from './methods/loaded-model.ts';
import { isOfGradients, loadOfGradients } from './methods/features.ts';

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
      const model = (state.type === 'kmeans' ? KMeansModel : GaussianMixtureModel).fromState(state, engine);
      return { predict: (points, signal) => model.predict(points, { signal }), dispose: () => undefined };
    }
    case 'ae-kmeans':
    case 'ae-gmm': {
      const { DeepClusteringModel } = await import('@shoal/deep-clustering');
      return ofDeep(DeepClusteringModel.fromState(state, { engine, backend: await opened.tensorBackend() }));
    }
    case 'umap-kmeans':
    case 'umap-gmm': {
      const { UmapClusteringModel } = await import('@shoal/manifold');
      const model = UmapClusteringModel.fromState(state, engine);
      return { predict: (points, signal) => model.predict(points, { signal }), dispose: () => undefined };
    }
    case 'n2d': {
      const { N2dModel } = await import('@shoal/deep-clustering');
      return ofDeep(N2dModel.fromState(state, { engine, backend: await opened.tensorBackend() }));
    }
    case 'dec':
    case 'idec': {
      const { EmbeddedClusteringModel } = await import('@shoal/deep-clustering');
      const place = { engine, backend: await opened.tensorBackend() };
      return ofDeep(EmbeddedClusteringModel.fromState(state, place));
    }
    case 'vade': {
      const { VadeModel } = await import('@shoal/deep-clustering');
      return ofDeep(VadeModel.fromState(state, { engine, backend: await opened.tensorBackend() }));
    }
    default:
      throw new UsageError(
        `The run holds a model of type "${state.type}", which this version of Shoal cannot read.`,
      );
  }
}

/** Of a model whose weights lie on a tensor backend. */
function ofDeep(model: DeepClusteringModel | N2dModel | EmbeddedClusteringModel | VadeModel): LoadedModel {
  return {
    predict: (points, signal) => model.predict(points, { signal }),
    dispose: () => {
      model.dispose();
    },
  };
}
