import {
  GaussianMixture,
  KMeans,
  matrix,
  type Engine,
  type GaussianMixtureFitState,
  type GaussianMixtureModel,
  type KMeansFitState,
  type KMeansModel,
  type Progress,
  type RowScaling,
} from '@shoal/core';
import { buildClustering } from '../data/build-clustering.ts';
import { spaceOf, type ModelInput } from '../data/cluster-space.ts';
import { identityMap, originOf, placeModel, type LinearMap } from '../data/linear-map.ts';
import { projectPoints } from '../data/project-points.ts';
import { spaceOfMeans } from '../data/summaries.ts';
import type { HistorySeries, MapModel } from '../data/types.ts';
import type { Gate } from './gate.ts';
import type { FitFrame, FitOutcome, FitTask, FromWorker } from './messages.ts';
import type { LiveFitSettings } from './settings.ts';

/** What a fit runs with. */
export interface FitContext {
  readonly engine: Engine;
  readonly gate: Gate;
  readonly signal: AbortSignal;
  /** Hears what happens, as a page would. */
  readonly tell: (message: FromWorker) => void;
}

/** Where the points lie, and how a model gets there. */
interface Layout {
  readonly positions: Float32Array;
  readonly projection: string;
  /** Only where the map is made of the points. */
  readonly map?: LinearMap | undefined;
}

/**
 * Lays out the map, fits, and says after every iteration how things stand; then waits at the gate. The fit itself is
 * core's, and so ends as it would anywhere else.
 *
 * @throws {ShoalError} as the fit does
 * @throws the signal's reason when it is aborted
 */
export async function runFit(task: FitTask, context: FitContext): Promise<FitOutcome> {
  const layout = await layOut(task, context);
  const { positions, projection, map } = layout;
  context.tell({ kind: 'layout', positions, origin: map && originOf(map), projection });
  return task.settings.method === 'kmeans'
    ? fitKMeans(task, context, layout)
    : fitMixture(task, context, layout);
}

async function layOut(
  { points, positions, projection = 'given positions', settings }: FitTask,
  { engine, signal, tell }: FitContext,
): Promise<Layout> {
  if (positions) return { positions, projection };
  const placed = await projectPoints(
    points,
    { scalings: scalingsOf(settings) },
    {
      engine,
      signal,
      onProgress: ({ completed, total }) => {
        tell({ kind: 'progress', phase: 'projection', message: `${completed} of ${String(total)} points` });
      },
    },
  );
  return { positions: placed.positions, projection: placed.name, map: placed.map };
}

function scalingsOf({ method, metric }: LiveFitSettings): RowScaling[] {
  return method === 'kmeans' && metric === 'cosine' ? [{ kind: 'unit' }] : [];
}

async function fitKMeans(task: FitTask, context: FitContext, layout: Layout): Promise<FitOutcome> {
  const { k, seed = 0, metric = 'euclidean', maxIterations, tolerance } = task.settings;
  const { columns } = task.points;
  const onIteration = async (state: KMeansFitState): Promise<void> => {
    const centroids = matrix(await state.readCentroids(), k, columns);
    const frame = { iteration: state.iteration, value: state.inertia, labels: await state.readLabels() };
    await show(context, layout, frame, { metric, centroids });
  };
  const options = { clusters: k, seed, metric, maxIterations, tolerance, engine: context.engine };
  const model = await new KMeans(options).fit(task.points, { ...listening(context), onIteration });
  const { inertia, inertiaHistory, iterations } = model;
  return conclude(task, context, layout, model, inertia, {
    metrics: { method: 'k-means', inertia, iterations },
    history: { name: 'inertia', step: 'iteration', values: inertiaHistory },
  });
}

async function fitMixture(task: FitTask, context: FitContext, layout: Layout): Promise<FitOutcome> {
  const { k, seed = 0, covarianceType = 'full', maxIterations, tolerance } = task.settings;
  const { columns } = task.points;
  const onIteration = async (state: GaussianMixtureFitState): Promise<void> => {
    const parameters = await state.readParameters();
    const frame = { iteration: state.iteration, value: state.lowerBound, labels: await state.readLabels() };
    await show(context, layout, frame, { ...parameters, covarianceType, columns });
  };
  const options = { components: k, seed, covarianceType, maxIterations, tolerance, engine: context.engine };
  const model = await new GaussianMixture(options).fit(task.points, { ...listening(context), onIteration });
  const { lowerBound, lowerBoundHistory, iterations } = model;
  return conclude(task, context, layout, model, lowerBound, {
    metrics: { method: 'Gaussian mixture', logLikelihood: lowerBound, iterations },
    history: { name: 'log-likelihood', step: 'iteration', values: lowerBoundHistory },
  });
}

/** What every fit listens to. */
function listening({ signal, tell }: FitContext) {
  const onProgress = ({ phase, message }: Progress): void => {
    if (phase !== 'iterations') tell({ kind: 'progress', phase, message });
  };
  return { signal, onProgress };
}

async function show(
  { gate, signal, tell }: FitContext,
  layout: Layout,
  frame: Omit<FitFrame, 'model'>,
  model: ModelInput,
): Promise<void> {
  tell({ kind: 'frame', frame: { ...frame, model: await place(model, frame.labels, layout) } });
  await gate.pass(signal);
}

/** The model on the map; where nobody knows how points got there, its clusters are where their points are. */
async function place(model: ModelInput, labels: Uint32Array, { positions, map }: Layout): Promise<MapModel> {
  const space = spaceOf(model);
  if (map) return placeModel(space, map);
  const means = await spaceOfMeans(matrix(positions, labels.length, 2), labels, space.clusters);
  return { kind: space.kind, centroids: placeModel(means, identityMap(2)).centroids };
}

async function conclude(
  { points, classes, images, columnNames, title }: FitTask,
  { engine, signal }: FitContext,
  { positions, projection, map }: Layout,
  model: KMeansModel | GaussianMixtureModel,
  value: number,
  {
    metrics,
    history,
  }: { readonly metrics: Record<string, string | number>; readonly history: HistorySeries },
): Promise<FitOutcome> {
  const { labels, iterations, converged, warnings } = model;
  const data = await buildClustering({
    points,
    labels,
    model,
    ...(map === undefined && { positions, projection }),
    classes,
    images,
    columnNames,
    title,
    metrics,
    history: [history],
    notes: warnings,
    // All that was clustered stays on the map: the page has it there already.
    most: points.rows,
    engine,
    signal,
  });
  return {
    value,
    iterations,
    converged,
    warnings,
    state: model.toState(),
    data: { ...data, points: undefined },
  };
}
