import type { Tensor } from '@shoal/core';
import { safetensorsPieces, writeSafetensors, type SafetensorsFile } from '@shoal/data/run';
import type { ColumnText } from './column-text.ts';
import { encodeColumns } from './encode-columns.ts';
import { encodeTree } from './encode-tree.ts';
import { membersShown } from './summaries.ts';
import type { ClusteringData, ClusterSummary, ImageSet } from './types.ts';

/** Name of the file in a run folder that holds the data of a viewer. */
export const VIEW_FILE = 'view.safetensors';

export const VIEW_FORMAT = 'shoal-view';
export const VIEW_VERSION = '1';

/** Fills table rows that are shorter than the longest. */
export const NOBODY = 0xffffffff;

/** The part of a view besides arrays: JSON in the file's metadata. */
export type ViewText = Pick<
  ClusteringData,
  | 'total'
  | 'origin'
  | 'projection'
  | 'columnNames'
  | 'clusterNames'
  | 'clusterTraits'
  | 'history'
  | 'metrics'
  | 'title'
  | 'notes'
> & {
  readonly columns?: readonly ColumnText[] | undefined;
  readonly classNames?: readonly string[] | undefined;
  readonly modelKind?: NonNullable<ClusteringData['model']>['kind'] | undefined;
  readonly treeKind?: NonNullable<ClusteringData['tree']>['kind'] | undefined;
};

/**
 * The data of a viewer as one safetensors file; `docs/data-formats.md` describes it. The points themselves are left out.
 *
 * @param options `images`: false leaves out the images of points, for pages whose views share them
 */
export function encodeView(data: ClusteringData, options: ViewOptions = {}): Uint8Array {
  const { tensors, metadata } = viewContent(data, options);
  return writeSafetensors(tensors, metadata);
}

/** The same file as pieces that follow one another: a million points are not copied. */
export function viewPieces(data: ClusteringData, options: ViewOptions = {}): readonly Uint8Array[] {
  const { tensors, metadata } = viewContent(data, options);
  return safetensorsPieces(tensors, metadata);
}

interface ViewOptions {
  readonly images?: boolean;
}

function viewContent(data: ClusteringData, options: ViewOptions): SafetensorsFile {
  const { count, clusters, positions, labels, rows, classes, images, summaries, model } = data;
  const columns = data.columns && encodeColumns(data.columns, count);
  const tensors: Record<string, Tensor> = {
    positions: { data: positions, shape: [count, 2] },
    labels: { data: labels, shape: [count] },
    ...summaryTensors(summaries, images),
    ...(rows && { rows: { data: rows, shape: [count] } }),
    ...(images && options.images !== false && imageTensors(images)),
    ...(classes && {
      classes: { data: classes.labels, shape: [count] },
      class_counts: { data: classes.counts, shape: [clusters, classes.names.length] },
    }),
    ...(data.probabilities && { probabilities: { data: data.probabilities, shape: [count] } }),
    ...(data.distances && { distances: { data: data.distances, shape: [count] } }),
    ...columns?.tensors,
    ...(model && { centroids: { data: model.centroids, shape: [clusters, 2] } }),
    ...(data.tree && encodeTree(data.tree)),
    ...(model?.covariances && { covariances: { data: model.covariances, shape: [clusters, 3] } }),
  };
  const { total, origin, projection, columnNames, history, metrics, title, notes } = data;
  const text: ViewText = {
    ...{ title, total, origin, projection, columnNames, history, metrics },
    notes: [...notes, ...(columns?.notes ?? [])],
    columns: columns?.columns,
    clusterNames: data.clusterNames,
    clusterTraits: data.clusterTraits,
    classNames: classes?.names,
    modelKind: model?.kind,
    treeKind: data.tree?.kind,
  };
  const metadata = { format: VIEW_FORMAT, version: VIEW_VERSION, view: JSON.stringify(text) };
  return { tensors, metadata };
}

/** Only the images, for pages whose views share them. */
export function encodeImages(images: ImageSet): Uint8Array {
  return writeSafetensors(imageTensors(images), { format: VIEW_FORMAT, version: VIEW_VERSION });
}

function imageTensors({ width, height, pixels, points }: ImageSet): Record<string, Tensor> {
  return {
    images: { data: pixels, shape: [points.length, height, width] },
    image_points: { data: points, shape: [points.length] },
  };
}

function summaryTensors(
  summaries: readonly ClusterSummary[],
  images: ImageSet | undefined,
): Record<string, Tensor> {
  const clusters = summaries.length;
  const values = (name: string, read: (summary: ClusterSummary) => number | undefined) => {
    const numbers = summaries.map(read).filter((value) => value !== undefined);
    const all = clusters > 0 && numbers.length === clusters;
    return all && { [name]: { data: Float64Array.from(numbers), shape: [clusters] } };
  };
  return {
    sizes: { data: Uint32Array.from(summaries, ({ size }) => size), shape: [clusters] },
    nearest: members(summaries.map(({ nearest }) => nearest)),
    farthest: members(summaries.map(({ farthest }) => farthest)),
    ...values('inertias', ({ inertia }) => inertia),
    ...values('weights', ({ weight }) => weight),
    ...(images && summaries.some(({ image }) => image) && { cluster_images: pictures(summaries, images) }),
  };
}

function members(lists: readonly (readonly number[])[]): Tensor {
  const width = membersShown(Math.max(1, lists.length));
  const data = new Uint32Array(lists.length * width).fill(NOBODY);
  lists.forEach((list, k) => {
    data.set(list.slice(0, width), k * width);
  });
  return { data, shape: [lists.length, width] };
}

/** A cluster without points has no image; it is black in the file, and is left out when the file is read. */
function pictures(summaries: readonly ClusterSummary[], { width, height }: ImageSet): Tensor {
  const data = new Uint8Array(summaries.length * width * height);
  summaries.forEach(({ image }, k) => {
    if (image) data.set(image, k * width * height);
  });
  return { data, shape: [summaries.length, height, width] };
}
