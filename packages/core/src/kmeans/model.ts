import type { Engine } from '../engine/engine.ts';
import type { ModelState } from '../model-state.ts';
import { StateReader } from '../state-reader.ts';
import { CentroidModel, readCentroidFields, type CentroidFields } from './centroid-model.ts';

/** The `type` of a saved model. */
export const KMEANS_STATE = 'kmeans';

/** The results of a fit as plain data, without methods. */
export type KMeansFields = CentroidFields;

/** Fitted k-means clusters: frozen. */
export class KMeansModel extends CentroidModel {
  constructor(fields: KMeansFields, engine?: Engine) {
    super(fields, engine);
    Object.freeze(this);
  }

  /** The model as plain data; `fromState` reads it back. */
  toState(): ModelState {
    return { type: KMEANS_STATE, ...this.centroidState() };
  }

  /**
   * Reads a model back from what `toState` returned.
   *
   * @param engine computes in `predict` and similar methods; default the one that `defaultEngine` opens
   * @throws {DataError} when the state is damaged or of another type of model
   */
  static fromState(state: ModelState, engine?: Engine): KMeansModel {
    return new KMeansModel(readCentroidFields(new StateReader(state, KMEANS_STATE)), engine);
  }
}
