import type { ClusterModel, Objective } from './clusterer.ts';

/** A model that clusters what it makes of points: what its clustering says of its fit holds for the whole. */
export abstract class PipelineModel {
  /** Of what the points were made into: a code, or an embedding. */
  abstract readonly clustering: ClusterModel;

  /** Number of clusters, K. */
  get clusters(): number {
    return this.clustering.clusters;
  }

  get objective(): Objective {
    return this.clustering.objective;
  }

  get iterations(): number {
    return this.clustering.iterations;
  }

  get converged(): boolean {
    return this.clustering.converged;
  }
}
