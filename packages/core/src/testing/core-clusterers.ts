import type { ClustererKind } from '../clusterer/clusterer.ts';
import { CLUSTERER_KINDS } from '../clusterer/kinds.ts';
import { agglomerativeKind } from '../agglomerative/kind.ts';
import { dbscanKind } from '../density/dbscan-kind.ts';
import { hdbscanKind } from '../density/hdbscan-kind.ts';
import { mixtureKind } from '../gmm/kind.ts';
import { kmeansKind } from '../kmeans/kind.ts';
import { bayesianMixtureKind } from '../bayesian-gmm/kind.ts';
import { bisectingKMeansKind } from '../bisecting-kmeans/kind.ts';
import { miniBatchKMeansKind } from '../minibatch-kmeans/kind.ts';
import { sizedKMeansKind } from '../sized-kmeans/kind.ts';
import { clustererContract, type ContractClusterer } from './clusterer-contract.ts';

/** Settings without a default, by the name of the kind, for the points of the contract. */
const NEEDED: Readonly<Record<string, object | undefined>> = { dbscan: { radius: 0.25 } };

/** Each kind of the table, and kinds with settings that use other parts of their code. */
const CLUSTERERS: readonly ContractClusterer[] = [
  ...CLUSTERER_KINDS.map((kind) => ofKind(kind, kind.title, NEEDED[kind.method] ?? {})),
  ofKind(hdbscanKind, 'HDBSCAN by angles', {
    metric: 'cosine',
    scaling: 'standardize',
    clusterSelection: 'leaf',
  }),
  ofKind(hdbscanKind, 'HDBSCAN of approximate neighbors', { neighborSearch: 'nn-descent' }),
  ofKind(agglomerativeKind, 'average linkage by angles', { linkage: 'average', metric: 'cosine' }),
  ofKind(agglomerativeKind, 'single linkage', { linkage: 'single', scaling: 'whiten' }),
  ofKind(agglomerativeKind, 'a tree of micro-clusters', { linkage: 'complete', microClusters: 20 }),
  ofKind(dbscanKind, 'DBSCAN by angles', { metric: 'cosine', scaling: 'standardize', radius: 0.2 }),
  ofKind(kmeansKind, 'spherical k-means', { metric: 'cosine', scaling: 'standardize', init: 'k-means||' }),
  ofKind(mixtureKind, 'a mixture of two starts', { nInit: 2 }),
  ofKind(mixtureKind, 'a spherical mixture', { covarianceType: 'spherical', scaling: 'whiten' }),
  ofKind(miniBatchKMeansKind, 'spherical mini-batch k-means', { metric: 'cosine', batchSize: 20, nInit: 2 }),
  ofKind(bayesianMixtureKind, 'a diagonal Bayesian mixture', {
    covarianceType: 'diag',
    weightPrior: 'dirichlet',
    nInit: 2,
  }),
  ofKind(bisectingKMeansKind, 'bisecting spherical k-means', { metric: 'cosine', strategy: 'size' }),
  ofKind(sizedKMeansKind, 'k-means with wide sizes', { minSize: 10, maxSize: 60, nInit: 2 }),
  ofKind(sizedKMeansKind, 'spherical k-means with nearly the best sizes', {
    metric: 'cosine',
    assignment: 'approximate',
  }),
];

/** The contract of clusterings for those of core: every engine must pass it. */
export const coreClusterersContract = CLUSTERERS.flatMap(clustererContract);

function ofKind(kind: ClustererKind, name: string, settings: object): ContractClusterer {
  return {
    name,
    limitsSizes: kind.limitsSizes,
    fit: (points, { engine, ...watching }) =>
      kind
        .create(kind.swept?.withClusters(settings, 3) ?? settings, { seed: 0, engine })
        .fit({ points }, watching),
    load: (state, engine) => kind.load(state, engine),
  };
}
