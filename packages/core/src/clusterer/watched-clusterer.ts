import type { FitOptions, IterationListener } from '../fit-options.ts';
import type { Points } from '../matrix.ts';
import type { Clusterer, ClusterFitState, ClusterModel } from './clusterer.ts';

/** An estimator that reports its iterations. */
export interface WatchedEstimator<State> {
  fit(
    points: Points,
    options: FitOptions & { readonly onIteration?: IterationListener<State> | undefined },
  ): Promise<ClusterModel>;
}

/**
 * The estimator in the form that pipelines take.
 *
 * @param stateOf what pipelines are told of an iteration
 */
export function watchedClusterer<State>(
  estimator: WatchedEstimator<State>,
  stateOf: (state: State, points: Points) => ClusterFitState,
): Clusterer {
  return {
    fit: ({ points, weights }, { onIteration, ...options } = {}) =>
      estimator.fit(points, {
        ...options,
        weights,
        onIteration: onIteration && ((state) => onIteration(stateOf(state, points))),
      }),
  };
}
