import { GaussianMixture } from '../gmm/gaussian-mixture.ts';
import { GaussianMixtureModel } from '../gmm/model.ts';
import type { GaussianMixtureOptions } from '../gmm/types.ts';
import { KMeans } from '../kmeans/kmeans.ts';
import { KMeansModel } from '../kmeans/model.ts';
import type { KMeansOptions } from '../kmeans/types.ts';
import { clustererContract, type ContractClusterer } from './clusterer-contract.ts';

/** The contract of clusterings for those of core: every engine is held to it. */
export const coreClusterersContract = [
  kmeans('k-means', {}),
  kmeans('spherical k-means', { metric: 'cosine', scaling: 'standardize', init: 'k-means||' }),
  mixture('a mixture', { nInit: 2 }),
  mixture('a spherical mixture', { covarianceType: 'spherical', scaling: 'whiten' }),
].flatMap(clustererContract);

function kmeans(name: string, options: Partial<KMeansOptions>): ContractClusterer {
  return {
    name,
    fit: (points, { engine, ...watching }) =>
      new KMeans({ clusters: 3, ...options, engine }).fit(points, watching),
    load: (state, engine) => KMeansModel.fromState(state, engine),
  };
}

function mixture(name: string, options: Partial<GaussianMixtureOptions>): ContractClusterer {
  return {
    name,
    fit: (points, { engine, ...watching }) =>
      new GaussianMixture({ clusters: 3, ...options, engine }).fit(points, watching),
    load: (state, engine) => GaussianMixtureModel.fromState(state, engine),
  };
}
