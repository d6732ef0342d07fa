import { engineOrDefault } from '../default-engine.ts';
import type { Engine } from '../engine/engine.ts';
import type { InferenceOptions } from '../fit-options.ts';
import type { ModelState } from '../model-state.ts';
import { frameTensors, readFrame, type Frame } from '../origin/frame.ts';
import { readScaling, scalingState } from '../scaling/scaling-state.ts';
import type { RowScaling } from '../scaling/types.ts';
import type { StateReader } from '../state-reader.ts';

/** The outcome of a fit of any clustering in core. */
export type FittedFields = Pick<FittedModel, 'labels' | 'iterations' | 'converged' | 'warnings'> &
  Partial<Pick<FittedModel, 'scaling' | 'frame'>>;

/** A model of core: the facts of its fit, how they are saved, and the engine that it computes on. */
export abstract class FittedModel {
  /**
   * Cluster of each training point, N values; what `predict` gives for the training points, except for points that
   * k-means with `precision: 'fast'` left in doubt.
   */
  readonly labels: Uint32Array;
  /** Iterations the best start ran. */
  readonly iterations: number;
  /** Whether the best start ended before its limit of iterations. */
  readonly converged: boolean;
  /** Warnings for the caller: clusters without points, no convergence, starts that failed, ignored options. */
  readonly warnings: readonly string[];
  /** The fitted row scaling; absent when none was asked for. */
  readonly scaling: RowScaling | undefined;
  /** Where the model's arithmetic has its zero; the positions of its clusters are in the coordinates of the points. */
  readonly frame: Frame | undefined;

  readonly #engine: Engine | undefined;

  constructor(fields: FittedFields, engine: Engine | undefined) {
    this.labels = fields.labels;
    this.iterations = fields.iterations;
    this.converged = fields.converged;
    this.warnings = Object.freeze(fields.warnings);
    this.scaling = Object.freeze(fields.scaling);
    this.frame = Object.freeze(fields.frame);
    this.#engine = engine;
  }

  /** The given engine, the engine of the fit, or the default one. */
  protected engineFor({ engine = this.#engine }: InferenceOptions): Promise<Engine> {
    return engineOrDefault(engine);
  }

  /**
   * The part of `toState` that is the same in all of them.
   *
   * @param columns of the points
   */
  protected fittedState(columns: number): Pick<ModelState, 'settings' | 'tensors'> {
    const { labels, iterations, converged, warnings } = this;
    const { settings, tensors } = scalingState(this.scaling);
    return {
      settings: { iterations, converged, warnings, ...settings },
      tensors: {
        labels: { data: labels, shape: [labels.length] },
        ...tensors,
        ...frameTensors(this.frame ?? {}, columns),
      },
    };
  }
}

/**
 * What `fittedState` wrote.
 *
 * @throws {DataError} when it is damaged
 */
export function readFitted(reader: StateReader, clusters: number, columns: number): FittedFields {
  return {
    labels: reader.labels('labels', clusters),
    iterations: reader.wholeNumber('iterations', 0),
    converged: reader.boolean('converged'),
    warnings: reader.strings('warnings'),
    scaling: readScaling(reader, columns),
    frame: readFrame(reader, clusters, columns),
  };
}
