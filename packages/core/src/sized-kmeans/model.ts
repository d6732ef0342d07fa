import type { Engine } from '../engine/engine.ts';
import { CentroidModel, readCentroidFields, type CentroidFields } from '../kmeans/centroid-model.ts';
import type { ModelState } from '../model-state.ts';
import { StateReader } from '../state-reader.ts';

/** The `type` of a saved model. */
export const SIZED_STATE = 'sized-kmeans';

/** The results of a fit as plain data, without methods. */
export type SizedKMeansFields = CentroidFields & Pick<SizedKMeansModel, 'minSize' | 'maxSize' | 'gap'>;

/**
 * Clusters of limited size: frozen. The limits hold for `labels`. `predict` gives the nearest centroid, without limits, so
 * it may differ from `labels` for the training points.
 */
export class SizedKMeansModel extends CentroidModel {
  /** Least number of points in a cluster. */
  readonly minSize: number;
  /** Greatest number of points in a cluster. */
  readonly maxSize: number;
  /**
   * By how much at most the inertia could be smaller with the same centroids and limits, as a share of it: 0 of an exact
   * assignment.
   */
  readonly gap: number;

  constructor(fields: SizedKMeansFields, engine?: Engine) {
    super(fields, engine);
    this.minSize = fields.minSize;
    this.maxSize = fields.maxSize;
    this.gap = fields.gap;
    Object.freeze(this);
  }

  /** The model as plain data; `fromState` reads it back. */
  toState(): ModelState {
    const { minSize, maxSize, gap } = this;
    const { settings, tensors } = this.centroidState();
    return { type: SIZED_STATE, settings: { ...settings, minSize, maxSize, gap }, tensors };
  }

  /**
   * Reads a model back from what `toState` returned.
   *
   * @param engine computes in `predict` and similar methods; default the one that `defaultEngine` opens
   * @throws {DataError} when the state is damaged or of another type of model
   */
  static fromState(state: ModelState, engine?: Engine): SizedKMeansModel {
    const reader = new StateReader(state, SIZED_STATE);
    return new SizedKMeansModel(
      {
        ...readCentroidFields(reader),
        minSize: reader.wholeNumber('minSize', 1),
        maxSize: reader.wholeNumber('maxSize', 1),
        gap: reader.number('gap'),
      },
      engine,
    );
  }
}
