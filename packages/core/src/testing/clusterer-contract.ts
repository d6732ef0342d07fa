import type { ClusterModel } from '../clusterer/clusterer.ts';
import { NO_CLUSTER } from '../no-cluster.ts';
import type { Engine } from '../engine/engine.ts';
import { gatherRows, matrix, sliceRows, type Matrix } from '../matrix.ts';
import type { JsonValue, ModelState } from '../model-state.ts';
import type { ProgressListener } from '../progress.ts';
import { assert, assertRejects, assertSame } from './assertions.ts';
import type { ContractCase } from './contract-case.ts';
import { blobs } from './datasets.ts';

/** What the contract's fits are told. */
export interface ContractFitOptions {
  readonly engine: Engine;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ProgressListener | undefined;
}

/** A model that may hold memory of its own. */
type Fitted = ClusterModel & { destroy?(): void };

/** A way to cluster that the contract is to hold for. */
export interface ContractClusterer {
  readonly name: string;
  /** Fits, always from the same seed. */
  readonly fit: (points: Matrix, options: ContractFitOptions) => Promise<Fitted>;
  readonly load: (state: ModelState, engine: Engine) => Fitted | Promise<Fitted>;
  /** Whether `predict` of the training points is `labels`; default true. */
  readonly predictsLabels?: boolean | undefined;
}

/** 96 points of 6 columns from 0 to 1, in three classes; the last six are copies of the first. */
const POINTS = contractPoints();
const COPIES = 6;

/** What every clustering promises, of any kind, on any engine. */
export function clustererContract({
  name,
  fit,
  load,
  predictsLabels = true,
}: ContractClusterer): readonly ContractCase[] {
  const promise = (what: string, run: (engine: Engine) => Promise<void>): ContractCase => ({
    name: `${name}: ${what}`,
    run,
  });
  /** Fits, hands the model on, and frees it. */
  const withModel = async (engine: Engine, use: (model: Fitted) => Promise<void>): Promise<void> => {
    const model = await fit(POINTS, { engine });
    try {
      await use(model);
    } finally {
      model.destroy?.();
    }
  };
  return [
    promise('says what it found', (engine) =>
      withModel(engine, (model) => {
        requireWhole(model);
        return Promise.resolve();
      }),
    ),
    promise('gives the same bits again', (engine) =>
      withModel(engine, (first) =>
        withModel(engine, (second) => {
          assertSame(second.labels, first.labels, 'labels');
          assertSame(second.objective.history, first.objective.history, 'the history of the objective');
          return Promise.resolve();
        }),
      ),
    ),
    promise('gives copies of a row one label, and labels its points as it did', (engine) =>
      withModel(engine, async (model) => {
        const { rows } = POINTS;
        assertSame(
          model.labels.subarray(rows - COPIES),
          model.labels.subarray(0, COPIES),
          'labels of copies',
        );
        const predicted = await model.predict(POINTS, { engine });
        assertSame(
          predicted.subarray(rows - COPIES),
          predicted.subarray(0, COPIES),
          'predicted labels of copies',
        );
        if (predictsLabels) assertSame(predicted, model.labels, 'predicted labels');
        const single = await model.predict(sliceRows(POINTS, 3, 4), { engine });
        assertSame(single, predicted.subarray(3, 4), 'the label of a row alone');
      }),
    ),
    promise('survives being saved', (engine) =>
      withModel(engine, async (model) => {
        const state = structuredClone(model.toState());
        assertSerializable(state);
        const loaded = await load(state, engine);
        try {
          requireWhole(loaded);
          assertSame(loaded.labels, model.labels, 'loaded labels');
          assert(
            loaded.objective.value === model.objective.value,
            'The objective of the loaded model differs.',
          );
          const points = sliceRows(POINTS, 0, 12);
          assertSame(await loaded.predict(points), await model.predict(points), 'labels of the loaded model');
        } finally {
          loaded.destroy?.();
        }
      }),
    ),
    promise('refuses a saved model of another type', (engine) =>
      withModel(engine, (model) =>
        assertRejects(
          async () => load({ ...model.toState(), type: 'something else' }, engine),
          'DATA',
          'a saved model of another type',
        ).then(() => undefined),
      ),
    ),
    promise('refuses NaN and other columns', async (engine) => {
      const damaged = withNaN(POINTS);
      await assertRejects(() => fit(damaged, { engine }), 'DATA', 'a fit of NaN');
      await withModel(engine, async (model) => {
        await assertRejects(
          () => model.predict(sliceRows(damaged, 0, 8), { engine }),
          'DATA',
          'a prediction of NaN',
        );
        const narrow = matrix(new Float32Array(8), 4, 2);
        await assertRejects(
          () => model.predict(narrow, { engine }),
          'SHAPE',
          'a prediction of other columns',
        );
      });
    }),
    promise('stops when it is told to', async (engine) => {
      const stop = new DOMException('Enough.', 'AbortError');
      const before = AbortSignal.abort(stop);
      assert(
        (await assertRejects(() => fit(POINTS, { engine, signal: before }), 'AbortError', 'a fit')) === stop,
        REASON,
      );
      const within = new AbortController();
      const fitting = (): Promise<Fitted> =>
        fit(POINTS, {
          engine,
          signal: within.signal,
          onProgress: () => {
            within.abort(stop);
          },
        });
      assert((await assertRejects(fitting, 'AbortError', 'a fit that had begun')) === stop, REASON);
      await withModel(engine, async (model) => {
        const predicting = (): Promise<unknown> => model.predict(POINTS, { engine, signal: before });
        assert((await assertRejects(predicting, 'AbortError', 'a prediction')) === stop, REASON);
      });
    }),
  ];
}

const REASON = 'It was rejected with something else than the reason of the signal.';

/** @throws {ContractViolation} when a field is missing or makes no sense */
function requireWhole(model: ClusterModel): void {
  const { clusters, labels, objective, iterations, converged, warnings } = model;
  assert(Object.isFrozen(model), 'The model is not frozen.');
  assert(Number.isInteger(clusters) && clusters >= 0, `There are ${clusters} clusters.`);
  assert(
    labels instanceof Uint32Array && labels.length === POINTS.rows,
    `There are ${labels.length} labels.`,
  );
  const astray = labels.find((label) => label >= clusters && label !== NO_CLUSTER);
  assert(astray === undefined, `A label is ${astray} of ${clusters} clusters.`);
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
    'A warning is no text.',
  );
}

/** @throws {ContractViolation} when JSON would lose something of the settings: it has no NaN, infinity or undefined */
function assertSerializable({ settings }: ModelState): void {
  const lost = (value: JsonValue | undefined): boolean =>
    value === undefined ||
    (typeof value === 'number' && !Number.isFinite(value)) ||
    (typeof value === 'object' && value !== null && Object.values(value).some(lost));
  const name = Object.keys(settings).find((key) => lost(settings[key]));
  assert(name === undefined, `The setting ${String(name)} holds what JSON cannot.`);
}

function contractPoints(): Matrix {
  const { points } = blobs(96 - 6, 6, 3, 7, 0.8);
  const copied = gatherRows(
    points,
    Uint32Array.from({ length: 96 }, (_, i) => i % points.rows),
  );
  // Blobs lie between -14 and 14; networks want values from 0 to 1.
  const data = Float32Array.from(copied, (value) => Math.min(1, Math.max(0, value / 28 + 0.5)));
  return matrix(data, 96, points.columns);
}

function withNaN(points: Matrix): Matrix {
  const data = Float32Array.from(points.data);
  data[5] = NaN;
  return matrix(data, points.rows, points.columns);
}
