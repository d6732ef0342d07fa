import type { ClusterModel } from '../clusterer/clusterer.ts';
import { NO_CLUSTER } from '../no-cluster.ts';
import type { Engine } from '../engine/engine.ts';
import { gatherRows, matrix, sliceRows, type Matrix } from '../matrix.ts';
import type { JsonValue, ModelState } from '../model-state.ts';
import type { ProgressListener } from '../progress.ts';
import { assert, assertRejects, assertSame } from './assertions.ts';
import type { ContractCase } from './contract-case.ts';
import { blobs } from './datasets.ts';

/** The options of the contract's fits. */
export interface ContractFitOptions {
  readonly engine: Engine;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ProgressListener | undefined;
}

/** A model that may hold memory of its own. */
type Fitted = ClusterModel & { destroy?(): void };

/** A clustering that is tested by the contract. */
export interface ContractClusterer {
  readonly name: string;
  /** Fits, always from the same seed. */
  readonly fit: (points: Matrix, options: ContractFitOptions) => Promise<Fitted>;
  readonly load: (state: ModelState, engine: Engine) => Fitted | Promise<Fitted>;
  /** Whether `predict` of the training points is `labels`; default true. */
  readonly predictsLabels?: boolean | undefined;
  /** See `ClustererKind`; labels of copies are then compared in predictions alone. Default false. */
  readonly limitsSizes?: boolean | undefined;
}

/** 96 points of 6 columns from 0 to 1, in three classes; the last six are copies of the first. */
const POINTS = contractPoints();
const COPIES = 6;

/** What every clustering promises, of any kind, on any engine. */
export function clustererContract(clusterer: ContractClusterer): readonly ContractCase[] {
  const promises: Readonly<Record<string, (engine: Engine, clusterer: ContractClusterer) => Promise<void>>> =
    {
      'says what it found': saysWhatItFound,
      'gives the same bits again': givesTheSameBits,
      'gives copies of a row one label, and labels its points as it did': labelsCopiesAlike,
      'survives being saved': survivesBeingSaved,
      'refuses a saved model of another type': refusesOtherModels,
      'refuses NaN and other columns': refusesBadPoints,
      'stops when its signal is aborted': stopsWhenTold,
    };
  return Object.entries(promises).map(([what, check]) => ({
    name: `${clusterer.name}: ${what}`,
    run: (engine) => check(engine, clusterer),
  }));
}

/** Fits, hands the model on, and frees it. */
async function withModel(
  engine: Engine,
  { fit }: ContractClusterer,
  use: (model: Fitted) => void | Promise<void>,
): Promise<void> {
  const model = await fit(POINTS, { engine });
  try {
    await use(model);
  } finally {
    model.destroy?.();
  }
}

function saysWhatItFound(engine: Engine, clusterer: ContractClusterer): Promise<void> {
  return withModel(engine, clusterer, requireWhole);
}

function givesTheSameBits(engine: Engine, clusterer: ContractClusterer): Promise<void> {
  return withModel(engine, clusterer, (first) =>
    withModel(engine, clusterer, (second) => {
      assertSame(second.labels, first.labels, 'labels');
      assertSame(second.objective.history, first.objective.history, 'the history of the objective');
    }),
  );
}

function labelsCopiesAlike(engine: Engine, clusterer: ContractClusterer): Promise<void> {
  return withModel(engine, clusterer, async (model) => {
    const { labels } = model;
    const ends = (all: Uint32Array): readonly [Uint32Array, Uint32Array] => [
      all.subarray(POINTS.rows - COPIES),
      all.subarray(0, COPIES),
    ];
    const { limitsSizes = false, predictsLabels = !limitsSizes } = clusterer;
    if (!limitsSizes) assertSame(...ends(labels), 'labels of copies');
    const predicted = await model.predict(POINTS, { engine });
    assertSame(...ends(predicted), 'predicted labels of copies');
    if (predictsLabels) assertSame(predicted, labels, 'predicted labels');
    const single = await model.predict(sliceRows(POINTS, 3, 4), { engine });
    assertSame(single, predicted.subarray(3, 4), 'the label of a row alone');
  });
}

function survivesBeingSaved(engine: Engine, clusterer: ContractClusterer): Promise<void> {
  return withModel(engine, clusterer, async (model) => {
    const state = structuredClone(model.toState());
    assertSerializable(state);
    const loaded = await clusterer.load(state, engine);
    try {
      requireWhole(loaded);
      assertSame(loaded.labels, model.labels, 'loaded labels');
      assert(loaded.objective.value === model.objective.value, 'The objective of the loaded model differs.');
      const points = sliceRows(POINTS, 0, 12);
      assertSame(await loaded.predict(points), await model.predict(points), 'labels of the loaded model');
    } finally {
      loaded.destroy?.();
    }
  });
}

function refusesOtherModels(engine: Engine, clusterer: ContractClusterer): Promise<void> {
  return withModel(engine, clusterer, async (model) => {
    const other = { ...model.toState(), type: 'something else' };
    await assertRejects(async () => clusterer.load(other, engine), 'DATA', 'a saved model of another type');
  });
}

async function refusesBadPoints(engine: Engine, clusterer: ContractClusterer): Promise<void> {
  const damaged = withNaN(POINTS);
  await assertRejects(() => clusterer.fit(damaged, { engine }), 'DATA', 'a fit of NaN');
  await withModel(engine, clusterer, async (model) => {
    const some = sliceRows(damaged, 0, 8);
    await assertRejects(() => model.predict(some, { engine }), 'DATA', 'a prediction of NaN');
    const narrow = matrix(new Float32Array(8), 4, 2);
    await assertRejects(() => model.predict(narrow, { engine }), 'SHAPE', 'a prediction of other columns');
  });
}

async function stopsWhenTold(engine: Engine, clusterer: ContractClusterer): Promise<void> {
  const stop = new DOMException('Enough.', 'AbortError');
  const signal = AbortSignal.abort(stop);
  const stops = async (what: string, work: () => Promise<unknown>): Promise<void> => {
    assert((await assertRejects(work, 'AbortError', what)) === stop, REASON);
  };
  await stops('a fit', () => clusterer.fit(POINTS, { engine, signal }));
  const within = new AbortController();
  const onProgress = (): void => {
    within.abort(stop);
  };
  await stops('a fit whose onProgress, which is called at least once, aborts its signal', () =>
    clusterer.fit(POINTS, { engine, signal: within.signal, onProgress }),
  );
  await withModel(engine, clusterer, (model) =>
    stops('a prediction', () => model.predict(POINTS, { engine, signal })),
  );
}

const REASON = 'It was not rejected with the reason of the signal.';

/** @throws {ContractViolation} when a field is missing or makes no sense */
function requireWhole(model: ClusterModel): void {
  const { clusters, labels, objective, iterations, converged, warnings } = model;
  assert(Object.isFrozen(model), 'The model is not frozen.');
  assert(Number.isInteger(clusters) && clusters >= 0, `There are ${clusters} clusters.`);
  assert(
    labels instanceof Uint32Array && labels.length === POINTS.rows,
    `There are ${labels.length} labels.`,
  );
  const wrong = labels.find((label) => label >= clusters && label !== NO_CLUSTER);
  assert(wrong === undefined, `A label is ${wrong} of ${clusters} clusters.`);
  const { name, value, history, better } = objective;
  assert(
    name !== '' && ['less', 'more'].includes(better),
    `The objective is "${name}", the ${better} the better.`,
  );
  assert(Number.isFinite(value), `The objective is ${value}.`);
  assert(history.length > 0 && history.every(Number.isFinite), `Its history is ${history.join(', ')}.`);
  assert(Number.isInteger(iterations) && iterations >= 0, `There were ${iterations} iterations.`);
  assert(typeof converged === 'boolean', `Converged is ${String(converged)}.`);
  assert(
    warnings.every((warning) => typeof warning === 'string'),
    'A warning is not a string.',
  );
}

/** @throws {ContractViolation} when the settings have something that JSON cannot hold: NaN, infinity or undefined */
function assertSerializable({ settings }: ModelState): void {
  const lost = (value: JsonValue | undefined): boolean =>
    value === undefined ||
    (typeof value === 'number' && !Number.isFinite(value)) ||
    (typeof value === 'object' && value !== null && Object.values(value).some(lost));
  const name = Object.keys(settings).find((key) => lost(settings[key]));
  assert(name === undefined, `The setting ${String(name)} has a value that JSON cannot hold.`);
}

function contractPoints(): Matrix {
  const { points } = blobs(96 - 6, 6, 3, 7, 0.8);
  const copied = gatherRows(
    points,
    Uint32Array.from({ length: 96 }, (_, i) => i % points.rows),
  );
  // Blobs lie between -14 and 14; networks need values from 0 to 1.
  const data = Float32Array.from(copied, (value) => Math.min(1, Math.max(0, value / 28 + 0.5)));
  return matrix(data, 96, points.columns);
}

function withNaN(points: Matrix): Matrix {
  const data = Float32Array.from(points.data);
  data[5] = NaN;
  return matrix(data, points.rows, points.columns);
}
