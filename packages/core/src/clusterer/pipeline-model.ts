import type { ClusterModel, Objective } from './clusterer.ts';

/**
 * A model that first turns points into something else, and then clusters that. The facts of the clustering's fit are
 * those of the whole model.
 */
export abstract class PipelineModel {
  /** The clustering of the code or the embedding. */
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
