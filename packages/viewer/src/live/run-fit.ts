import {
  CLUSTERER_KINDS,
  fitScaling,
  InvalidArgumentError,
  matrix,
  type ClusterCenters,
  type Clusterer,
  type ClusterFitState,
  type ClusterModel,
  type Engine,
  type Progress,
  type RowScaling,
  type RowScalingKind,
} from '@shoal/core';
import { kindNamed } from '@shoal/core/model-kit';
import { buildClustering } from '../data/build-clustering.ts';
import { spaceOfCenters } from '../data/cluster-space.ts';
import { identityMap, originOf, placeModel, type LinearMap } from '../data/linear-map.ts';
import { projectPoints } from '../data/project-points.ts';
import { spaceOfMeans } from '../data/summaries.ts';
import type { HistorySeries, MapModel } from '../data/types.ts';
import type { Gate } from './gate.ts';
import type { FitOutcome, FitTask, FromWorker } from './messages.ts';
import type { LiveFitSettings } from './settings.ts';

/** The input and settings of a fit. */
export interface FitContext {
  readonly engine: Engine;
  readonly gate: Gate;
  readonly signal: AbortSignal;
  /** Callbacks for the events of a fit. */
  readonly tell: (message: FromWorker) => void;
}

/** The positions of the points, and how a model is mapped. */
interface Layout {
  readonly positions: Float32Array;
  readonly projection: string;
  /** Only where the map is computed from the points. */
  readonly map?: LinearMap | undefined;
}

/**
 * Computes the map, fits, reports the state after every iteration, and then waits at the gate. The fit itself is core's, so
 * its result is the same as anywhere else.
 *
 * @throws {ShoalError} as the fit does
 * @throws the signal's reason when it is aborted
 */
export async function runFit(task: FitTask, context: FitContext): Promise<FitOutcome> {
  const kind = sweptKind(task.settings);
  context.tell({ kind: 'method', title: kind.title });
  const layout = await layOut(task, context, kind);
  const { positions, projection, map } = layout;
  context.tell({ kind: 'layout', positions, origin: map && originOf(map), projection });
  return fit(task, context, layout, kind);
}

/** The kind of clustering, and its settings from those of a live fit. */
interface LiveKind {
  readonly title: string;
  /** Scalings of rows, in order, into the space of the clusters. */
  readonly scalings: readonly RowScalingKind[];
  readonly clusterer: (engine: Engine) => Clusterer;
}

/** @throws {InvalidArgumentError} when there is no such kind, or when it finds the number of clusters itself */
function sweptKind({ method, clusters, seed, ...settings }: LiveFitSettings): LiveKind {
  const kind = kindNamed(method, CLUSTERER_KINDS);
  const { swept, title } = kind;
  if (swept === undefined) {
    throw new InvalidArgumentError(`A live fit needs a number of clusters, but ${title} finds it itself.`);
  }
  const { metric, covarianceType, maxIterations, tolerance } = settings;
  const own = swept.withClusters({ metric, covarianceType, maxIterations, tolerance }, clusters);
  return {
    title,
    scalings: swept.scalings(own),
    clusterer: (engine) => kind.create(own, { seed, engine }),
  };
}

async function layOut(
  { points, positions, projection = 'given positions' }: FitTask,
  { engine, signal, tell }: FitContext,
  { scalings }: LiveKind,
): Promise<Layout> {
  if (positions) return { positions, projection };
  const fitted: RowScaling[] = [];
  for (const scaling of scalings) fitted.push(await fitScaling(points, scaling, engine, { signal }));
  const placed = await projectPoints(
    points,
    { scalings: fitted },
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

async function fit(
  task: FitTask,
  context: FitContext,
  layout: Layout,
  { title, clusterer }: LiveKind,
): Promise<FitOutcome> {
  const onIteration = async (state: ClusterFitState): Promise<void> => {
    const { iteration, objective } = state;
    const { name: measure, value } = objective;
    const frame = { iteration, measure, value, labels: await state.readLabels() };
    const model = await place(task, await state.readCenters?.(), frame.labels, layout);
    context.tell({ kind: 'frame', frame: { ...frame, model } });
    await context.gate.pass(context.signal);
  };
  const { points } = task;
  const model = await clusterer(context.engine).fit({ points }, { ...listening(context), onIteration });
  const { name, value, history } = model.objective;
  return conclude(task, context, layout, model, value, {
    metrics: { method: title, [name]: value, iterations: model.iterations },
    history: { name, step: 'iteration', values: history },
  });
}

/** Options that every fit gets. */
function listening({ signal, tell }: FitContext) {
  const onProgress = ({ phase, message }: Progress): void => {
    if (phase !== 'iterations') tell({ kind: 'progress', phase, message });
  };
  return { signal, onProgress };
}

/**
 * The model on the map. If it has no centers, or if the mapping of the points is unknown, its clusters are at the means of
 * their points.
 */
async function place(
  { points, settings }: FitTask,
  centers: ClusterCenters | undefined,
  labels: Uint32Array,
  { positions, map }: Layout,
): Promise<MapModel> {
  if (map)
    return placeModel(
      centers ? spaceOfCenters(centers) : await spaceOfMeans(points, labels, settings.clusters),
      map,
    );
  const means = await spaceOfMeans(matrix(positions, labels.length, 2), labels, settings.clusters);
  const kind = centers ? spaceOfCenters(centers).kind : means.kind;
  return { kind, centroids: placeModel(means, identityMap(2)).centroids };
}

async function conclude(
  { points, classes, images, columnNames, title }: FitTask,
  { engine, signal }: FitContext,
  { positions, projection, map }: Layout,
  model: ClusterModel,
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
    model: model.centers,
    clusters: model.clusters,
    ...(map === undefined && { positions, projection }),
    classes,
    images,
    columnNames,
    title,
    metrics,
    history: [history],
    notes: warnings,
    // All clustered points stay on the map: the page has them already.
    most: points.rows,
    engine,
    signal,
  });
  return {
    value,
    measure: history.name,
    iterations,
    converged,
    warnings,
    state: model.toState(),
    data: { ...data, points: undefined },
  };
}
