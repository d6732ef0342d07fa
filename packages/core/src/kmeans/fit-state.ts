import type { ModelState } from '../model-state.ts';
import type { Random } from '../random.ts';
import { StateReader } from '../state-reader.ts';
import type { LloydRun, LloydState } from './lloyd.ts';

const TYPE = 'kmeans-fit';

/** The best of the starts before this one. */
export interface EarlierStart extends LloydRun {
  readonly inertia: number;
  /** K x D less the origin. */
  readonly relative: Float32Array | Float64Array;
}

/** A fit of k-means after an iteration. */
export interface KMeansFitProgress {
  /** Counted from 1. */
  readonly start: number;
  readonly run: LloydState;
  /** The random numbers for the starts after this one, as `Random.state` has them. */
  readonly random: ArrayLike<number>;
  readonly best: EarlierStart | undefined;
}

/** The state of a fit as plain data. */
export function writeFitState(
  { start, run, best }: Omit<KMeansFitProgress, 'random'>,
  random: Random,
  clusters: number,
): ModelState {
  const shape = [clusters, run.centroids.length / clusters];
  return {
    type: TYPE,
    settings: {
      start,
      iterations: run.iterations,
      bestIterations: best?.iterations ?? 0,
      bestConverged: best?.converged ?? false,
    },
    tensors: {
      random: { data: Float64Array.from(random.state()), shape: [4] },
      centroids: { data: Float64Array.from(run.centroids), shape },
      inertias: vectorOf(run.inertiaHistory),
      ...(best && {
        'best.relative': { data: Float64Array.from(best.relative), shape },
        'best.inertias': vectorOf(best.inertiaHistory),
      }),
    },
  };
}

function vectorOf(values: readonly number[]) {
  return { data: Float64Array.from(values), shape: [values.length] };
}

/** @throws {DataError} when the state is damaged, or of another fit */
export function readFitState(state: ModelState, clusters: number, columns: number): KMeansFitProgress {
  const reader = new StateReader(state, TYPE);
  const inertias = (name: string) => {
    const { shape } = state.tensors[name] ?? { shape: [0] };
    return Array.from(reader.float64(name, [...shape]));
  };
  const bestInertias = reader.hasTensor('best.inertias') ? inertias('best.inertias') : [];
  return {
    start: reader.wholeNumber('start', 1),
    run: {
      centroids: reader.float64('centroids', [clusters, columns]),
      inertiaHistory: inertias('inertias'),
      iterations: reader.wholeNumber('iterations', 1),
    },
    random: reader.float64('random', [4]),
    best:
      bestInertias.length === 0
        ? undefined
        : {
            relative: reader.float64('best.relative', [clusters, columns]),
            inertiaHistory: bestInertias,
            inertia: bestInertias[bestInertias.length - 1],
            iterations: reader.wholeNumber('bestIterations', 0),
            converged: reader.boolean('bestConverged'),
          },
  };
}
