import {
  chooseClusters,
  CLUSTERER_KINDS,
  DataError,
  gatherRows,
  matrix,
  NO_CLUSTER,
  Random,
  sweep,
  type ClustererKind,
  type ClusterModel,
  type Engine,
  type Matrix,
  type Progress,
} from '@shoal/core';
import { kindNamed } from '@shoal/core/model-kit';
import { buildClustering } from '../data/build-clustering.ts';
import type { ClusteringData } from '../data/types.ts';
import type { RunFitSettings, RunTask } from './fit-task.ts';
import { forAllPoints, pointsToFit } from './points-to-fit.ts';

/** Of more columns, covariances are diagonal: full ones have more values than points can determine. */
const MAX_COLUMNS_FOR_FULL = 16;
/** Numbers of clusters that `auto` tries; 1 only tells whether there are any clusters. */
const AUTO_CLUSTERS = Array.from({ length: 12 }, (_, i) => i + 1);
/** The most points that are swept for it. */
const MAX_SWEPT = 5000;

/** What computes a fit, and what it tells. */
export interface RunContext {
  readonly engine: Engine;
  readonly onProgress: (progress: Progress) => void;
}

/**
 * Clusters the shown points as a reader chose, on the map that is shown.
 *
 * @returns the data of a run, without what the page has: points and columns
 * @throws as the recipe and the fit do
 */
export async function fitRun(task: RunTask, { engine, onProgress }: RunContext): Promise<ClusteringData> {
  const { settings, count, positions, classes, images } = task;
  onProgress({ phase: 'preparing the points', completed: 0 });
  const { points, of, notes } = pointsToFit(task);
  const kind = kindNamed(settings.method, CLUSTERER_KINDS);
  const own = ownSettings(settings, points);
  const chosen = await numberOf(kind, own, settings, points, { engine, onProgress });
  const { swept } = kind;
  const model = await kind
    .create(swept === undefined ? own : swept.withClusters(own, chosen.clusters), {
      seed: settings.seed,
      engine,
    })
    .fit(
      { points },
      {
        onProgress,
        onIteration: ({ iteration, objective: { name, value } }) => {
          onProgress({
            phase: `iteration ${iteration}`,
            completed: iteration,
            message: `${name} ${value.toPrecision(6)}`,
          });
        },
      },
    );
  onProgress({ phase: 'describing the clusters', completed: 0 });
  return buildClustering({
    points: forAllPoints(points, of, count),
    ...{ positions, classes, images, engine },
    labels: labelsOf(model, of, count),
    model: model.centers,
    hierarchy: of === undefined ? model.hierarchy : undefined,
    clusters: model.clusters,
    most: count,
    metrics: {
      method: kind.title,
      [model.objective.name]: model.objective.value,
      iterations: model.iterations,
    },
    history:
      model.objective.history.length < 2
        ? []
        : [{ name: model.objective.name, step: 'iteration', values: model.objective.history }],
    notes: [...chosen.notes, ...notes, ...model.warnings],
  });
}

/** The settings of the method, but for the number of clusters. */
function ownSettings({ method, minClusterSize }: RunFitSettings, { columns }: Matrix): object {
  if (method === 'hdbscan') return { minClusterSize };
  return method === 'gmm' && columns > MAX_COLUMNS_FOR_FULL ? { covarianceType: 'diag' } : {};
}

async function numberOf(
  kind: ClustererKind,
  own: object,
  { clusters, seed }: RunFitSettings,
  points: Matrix,
  context: RunContext,
): Promise<{ readonly clusters: number; readonly notes: readonly string[] }> {
  if (kind.swept === undefined) return { clusters: 0, notes: [] };
  if (clusters !== 'auto') return { clusters, notes: [] };
  const sample = sampleOf(points, seed);
  const found = await sweep(sample, {
    clusters: AUTO_CLUSTERS.filter((count) => count <= sample.rows),
    with: { kind, ...own },
    seeds: [seed, seed + 1, seed + 2],
    ...context,
  });
  const choice = chooseClusters(found);
  if (choice === undefined) {
    throw new DataError(
      'No criterion picks a number of clusters: the points may have no clusters at all. Give a number.',
    );
  }
  const drawn = `Chosen on ${sample.rows.toLocaleString('en')} points drawn at random.`;
  return { clusters: choice.clusters, notes: [choice.why, ...(sample === points ? [] : [drawn])] };
}

function sampleOf(points: Matrix, seed: number): Matrix {
  if (points.rows <= MAX_SWEPT) return points;
  const rows = new Random(seed).distinct(MAX_SWEPT, points.rows).sort();
  return matrix(gatherRows(points, rows), rows.length, points.columns);
}

/** Points that were not clustered have no cluster. */
function labelsOf({ labels }: ClusterModel, of: Uint32Array | undefined, count: number): Uint32Array {
  if (of === undefined) return labels;
  const all = new Uint32Array(count).fill(NO_CLUSTER);
  of.forEach((point, i) => {
    all[point] = labels[i];
  });
  return all;
}
