import {
  InvalidArgumentError,
  pointsOfHierarchy,
  ShapeError,
  type Engine,
  type Hierarchy,
  type JsonValue,
  type Matrix,
  type ProgressListener,
} from '@shoal/core';
import type { Profiles, Table } from '@shoal/tables';
import { countClasses, type ClassesInput } from './classes.ts';
import { viewColumns } from './columns.ts';
import { spaceOf, type ClusterSpace, type ModelInput } from './cluster-space.ts';
import { checkImages, type ImagesInput } from './images.ts';
import { clusterLabels, countClusters } from './labels.ts';
import { describeClusters } from './describe-clusters.ts';
import { farOrigin } from './far-origin.ts';
import { identityMap, originOf, placeModel, placeRows } from './linear-map.ts';
import { asMatrix, type PointsInput } from './points.ts';
import { viewTree } from './make-tree.ts';
import { projectPoints } from './project-points.ts';
import { requireHistory, requireLength } from './require.ts';
import { sampleClustering, type SampleOptions } from './sample.ts';
import { distancesToOwn, meanPictures, spaceOfMeans, summarize } from './summaries.ts';
import type { ClusteringData, ClusterSummary, HistorySeries, ImageSet, MapModel } from './types.ts';

/** The note that replaces a table that would be larger than the points. */
const CLASSES_LEFT_OUT = 'The classes are left out: with so many clusters, their table would be too large.';

/** The parts of a clustering. Only `labels` are required, and points or positions for a map. */
export interface ClusteringInput extends SampleOptions {
  /** Cluster of each point, N, from 0; any other value (-1, NaN, too large) means no cluster. */
  readonly labels: ArrayLike<number>;
  /** The points that were clustered, N x D, before any scaling by the model. */
  readonly points?: PointsInput | undefined;
  readonly columnNames?: readonly string[] | undefined;
  /** The table that was clustered, one row for each label unless `rows` says otherwise; its vectors and bytes are not shown. */
  readonly table?: Table | undefined;
  /** The row of the table that each label is of, N, ascending, where some rows have no point: the `rows` of `TablePoints`. */
  readonly rows?: Uint32Array | undefined;
  /** What sets each cluster apart, and names made of it. */
  readonly profiles?: Profiles | undefined;
  /** A name for each cluster, K, where it has one; default those of the profiles. */
  readonly clusterNames?: readonly (string | undefined)[] | undefined;
  /** Without a model, clusters are at the means of their points. */
  readonly model?: ModelInput | undefined;
  /** The tree that the clusters were taken from, of the points; default the model's. */
  readonly hierarchy?: Hierarchy | undefined;
  /** How sure each point's cluster is, N, from 0 to 1; a mixture or HDBSCAN says so. */
  readonly probabilities?: ArrayLike<number> | undefined;
  /** Clusters, K; default the model's, else one more than the largest label. */
  readonly clusters?: number | undefined;
  /** Positions of the points on the map, N x 2, when they were computed elsewhere, for example by UMAP. */
  readonly positions?: ArrayLike<number> | undefined;
  /** A description of the given positions, for people. */
  readonly projection?: string | undefined;
  readonly images?: ImagesInput | undefined;
  readonly classes?: ClassesInput | undefined;
  readonly history?: readonly HistorySeries[] | undefined;
  readonly metrics?: Readonly<Record<string, JsonValue>> | undefined;
  readonly title?: string | undefined;
  readonly notes?: readonly string[] | undefined;
  /** The engine that computes the principal components of the map; default the one that `defaultEngine` opens. */
  readonly engine?: Engine | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ProgressListener | undefined;
}

/**
 * Turns a clustering into the data of a viewer: computes the map, summarizes the clusters, and draws a sample when there are
 * more than `most` points. The model's row scaling is applied to the points first, so the map shows the space of the
 * clusters.
 *
 * @throws {ShapeError} when parts that belong together differ in length or columns
 * @throws {InvalidArgumentError} when a value is not a number, or a label is not the number of a cluster
 * @throws {DataError} when the history holds NaN or infinities
 * @throws the signal's reason when it is aborted
 */
export async function buildClustering(input: ClusteringInput): Promise<ClusteringData> {
  const { classes, columnNames, signal } = input;
  const count = input.labels.length;
  const given = input.points && asMatrix(input.points);
  if (input.points) requireLength('points', given?.rows ?? 0, count);
  const model = input.model && spaceOf(input.model);
  if (model && given) requireColumns(model, given);
  if (columnNames && given && columnNames.length !== given.columns) {
    throw new ShapeError(`The points have ${given.columns} columns but ${columnNames.length} names.`);
  }
  const clusters = requireClusters(input, model);
  const { profiles } = input;
  const described = profiles && describeClusters(profiles);
  const clusterNames = input.clusterNames ?? described?.clusterNames;
  requireForClusters('names', clusterNames, clusters);
  requireForClusters('profiles', profiles?.clusters, clusters);
  const labels = clusterLabels(input.labels, clusters);
  const images = input.images && checkImages(input.images, count);
  const placed = input.positions && givenPositions(input.positions, count);

  const space = given && (model ?? (await spaceOfMeans(given, labels, clusters, signal)));
  const layout = await layOut({ given, space, placed, kind: model?.kind }, labels, clusters, input);
  const distances = await measure(given, space, placed, labels, clusters, signal);
  if (input.probabilities) requireLength('probabilities', input.probabilities.length, count);
  const summaries = summarize(labels, clusters, distances, {
    inertia: space?.kind === 'kmeans',
    weights: model?.weights,
  });
  const counted = classes && countClasses(classes, labels, clusters);
  const full: ClusteringData = {
    ...layout,
    count,
    total: input.rows && input.table ? input.table.rows : count,
    rows: input.rows,
    clusters,
    labels,
    points: given,
    columnNames,
    columns: input.table && viewColumns(input.table, count, input.rows),
    probabilities: input.probabilities && Float32Array.from(input.probabilities),
    distances: distances && Float32Array.from(distances, Math.sqrt),
    clusterNames,
    clusterTraits: described?.clusterTraits,
    classes: counted,
    images,
    summaries: images?.points.length === count ? withPictures(summaries, images, labels) : summaries,
    tree: treeOf(input, labels),
    history: requireHistory(input.history ?? []),
    metrics: input.metrics ?? {},
    title: input.title ?? '',
    notes: [
      ...(input.notes ?? []),
      ...(classes && !counted ? [CLASSES_LEFT_OUT] : []),
      ...remarks(labels, clusters, layout.positions),
    ],
  };
  return sampleClustering(full, input);
}

function treeOf({ hierarchy, model }: ClusteringInput, labels: Uint32Array): ClusteringData['tree'] {
  if (hierarchy !== undefined) return viewTree(hierarchy, labels);
  const own = model && 'hierarchy' in model ? model.hierarchy : undefined;
  // A model may be shown with other points than it was fitted to.
  return own !== undefined && pointsOfHierarchy(own) === labels.length ? viewTree(own, labels) : undefined;
}

function requireColumns({ columns }: ClusterSpace, points: Matrix): void {
  if (points.columns === columns) return;
  throw new ShapeError(
    `The model's centroids have ${columns} columns but the points have ${points.columns}; give the points that the model was fitted to.`,
  );
}

function requireClusters({ clusters, labels }: ClusteringInput, model: ClusterSpace | undefined): number {
  if (clusters === undefined) return model?.clusters ?? countClusters(labels);
  if (!Number.isSafeInteger(clusters) || clusters < 0) {
    throw new InvalidArgumentError(`The number of clusters is a whole number from 0; got ${clusters}.`);
  }
  if (model && model.clusters !== clusters) {
    throw new InvalidArgumentError(
      `The model has ${model.clusters} clusters, not ${clusters}; leave the number out.`,
    );
  }
  return clusters;
}

function requireForClusters(what: string, values: readonly unknown[] | undefined, clusters: number): void {
  if (values === undefined || values.length === clusters) return;
  throw new ShapeError(
    `There are ${clusters} clusters but ${values.length} ${what}; give one for each cluster.`,
  );
}

function givenPositions(positions: ArrayLike<number>, count: number): Matrix | undefined {
  requireLength('positions', positions.length / 2, count);
  return asMatrix({ data: Float64Array.from(positions), columns: 2 });
}

type Layout = Pick<ClusteringData, 'positions' | 'origin' | 'projection' | 'model'>;

/** The input of a map: the points, the positions of their clusters, and given positions of the points. */
interface Places {
  readonly given: Matrix | undefined;
  readonly space: ClusterSpace | undefined;
  readonly placed: Matrix | undefined;
  readonly kind: MapModel['kind'] | undefined;
}

async function layOut(
  { given, space, placed, kind = 'kmeans' }: Places,
  labels: Uint32Array,
  clusters: number,
  input: ClusteringInput,
): Promise<Layout> {
  if (placed) {
    // How the positions were computed is unknown, so the model cannot be mapped in the same way: its clusters are at the
    // means of their points.
    const means = await spaceOfMeans(placed, labels, clusters, input.signal);
    const map = identityMap(2, farOrigin(placed));
    const positions = new Float32Array(placed.data.length);
    placeRows(placed.data, 1, map, positions);
    return {
      positions,
      origin: originOf(map),
      projection: input.projection ?? 'given positions',
      model: { kind, centroids: placeModel(means, map).centroids },
    };
  }
  if (given && space) {
    const { positions, name, map } = await projectPoints(given, space, input);
    return { positions, origin: originOf(map), projection: name, model: placeModel(space, map) };
  }
  return { positions: new Float32Array(2 * labels.length).fill(NaN), projection: 'no map', model: undefined };
}

/** Without the points, distances are measured between positions on the map. */
async function measure(
  given: Matrix | undefined,
  space: ClusterSpace | undefined,
  placed: Matrix | undefined,
  labels: Uint32Array,
  clusters: number,
  signal: AbortSignal | undefined,
): Promise<Float64Array | undefined> {
  if (given && space) return distancesToOwn(given, space, labels, signal);
  if (!placed) return undefined;
  return distancesToOwn(placed, await spaceOfMeans(placed, labels, clusters, signal), labels, signal);
}

function withPictures(
  summaries: readonly ClusterSummary[],
  { pixels, width, height }: ImageSet,
  labels: Uint32Array,
): ClusterSummary[] {
  const pictures = meanPictures(pixels, width * height, labels, summaries.length);
  return summaries.map((summary, k) => ({ ...summary, image: pictures[k] }));
}

/** Notes on what a reader would otherwise not understand. */
function remarks(labels: Uint32Array, clusters: number, positions: Float32Array): string[] {
  const homeless = labels.reduce((count, label) => count + (label < clusters ? 0 : 1), 0);
  let unplaced = 0;
  for (let i = 0; i < positions.length; i += 2) {
    if (!Number.isFinite(positions[i]) || !Number.isFinite(positions[i + 1])) unplaced++;
  }
  return [
    ...(homeless > 0 ? [`${homeless.toLocaleString('en')} points are in no cluster.`] : []),
    ...(unplaced > 0 ? [`${unplaced.toLocaleString('en')} points have no place on the map.`] : []),
  ];
}
