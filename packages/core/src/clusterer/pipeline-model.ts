import type { Hierarchy } from '../tree/hierarchy.ts';
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

  /** The tree of the clustering; its training points are those of the whole model. */
  get hierarchy(): Hierarchy | undefined {
    return this.clustering.hierarchy;
  }

  get iterations(): number {
    return this.clustering.iterations;
  }

  get converged(): boolean {
    return this.clustering.converged;
  }
}
