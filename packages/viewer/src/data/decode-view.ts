import { FormatError, readSafetensors } from '@shoal/data/run';
import { decodeColumns } from './decode-columns.ts';
import { decodeTree } from './decode-tree.ts';
import { readViewText } from './view-text.ts';
import type { Classes, ClusteringData, ClusterSummary, ImageSet, MapModel } from './types.ts';
import { ViewTensors } from './view-tensors.ts';
import { NOBODY, VIEW_FORMAT, VIEW_VERSION, type ViewText } from './view-file.ts';

/**
 * Reads the output of `encodeView`.
 *
 * @param file name for errors
 * @throws {FormatError} when the file is malformed, of another version, or its parts do not fit together
 */
export function decodeView(bytes: Uint8Array, file = 'view data'): ClusteringData {
  const { tensors, metadata } = open(bytes, file);
  const text = readViewText(metadata['view'], file);
  const [count] = tensors.shape('labels', 1);
  const [clusters] = tensors.shape('sizes', 1);
  const rows = readRows(tensors, count, text.total, file);
  const { title, total, origin, projection, columnNames, notes, history, metrics } = text;
  const { clusterNames, clusterTraits } = text;
  requireEach('names', clusterNames, clusters, file);
  requireEach('traits', clusterTraits, clusters, file);
  const optional = (name: string): Float32Array | undefined =>
    tensors.has(name) ? tensors.float32(name, [count]) : undefined;
  return {
    ...{ title, total, origin, projection, columnNames, notes, history, metrics },
    ...{ clusterNames, clusterTraits },
    probabilities: optional('probabilities'),
    distances: optional('distances'),
    columns: text.columns && decodeColumns(tensors, text.columns, count),
    count,
    rows,
    clusters,
    positions: tensors.float32('positions', [count, 2]),
    labels: tensors.uint32('labels', [count]),
    classes: readClasses(tensors, text, count, clusters),
    images: readImages(tensors, file, count),
    summaries: readSummaries(tensors, clusters, count),
    model: readModel(tensors, text, clusters),
    tree: text.treeKind && decodeTree(tensors, text.treeKind, count),
  };
}

/**
 * Reads the output of `encodeImages`.
 *
 * @param count number of points of the views that share the images
 * @throws {FormatError} when the file is malformed
 */
export function decodeImages(bytes: Uint8Array, count: number, file = 'image data'): ImageSet {
  const images = readImages(open(bytes, file).tensors, file, count);
  if (images === undefined) throw new FormatError({ file }, 'there are no images in it.');
  return images;
}

function open(
  bytes: Uint8Array,
  file: string,
): { tensors: ViewTensors; metadata: Readonly<Record<string, string>> } {
  const { tensors, metadata } = readSafetensors(bytes, file);
  if (metadata['format'] !== VIEW_FORMAT) {
    throw new FormatError({ file }, `not a view of a clustering: its format is not "${VIEW_FORMAT}".`);
  }
  if (metadata['version'] !== VIEW_VERSION) {
    throw new FormatError(
      { file },
      `version "${metadata['version'] ?? ''}" of the view format is unknown; this Shoal reads version ${VIEW_VERSION}. ` +
        'Update Shoal, or fit the model again.',
    );
  }
  return { tensors: new ViewTensors(tensors, file), metadata };
}

function requireEach(
  what: string,
  values: readonly unknown[] | undefined,
  clusters: number,
  file: string,
): void {
  if (values === undefined || values.length === clusters) return;
  throw new FormatError({ file }, `it has ${clusters} clusters but ${values.length} ${what} of clusters.`);
}

function readRows(tensors: ViewTensors, count: number, total: number, file: string): Uint32Array | undefined {
  if (!tensors.has('rows')) {
    if (total === count) return undefined;
    throw new FormatError({ file }, `it shows ${count} of ${total} rows, but does not say which.`);
  }
  return tensors.ascending('rows', count, total);
}

function readClasses(
  tensors: ViewTensors,
  { classNames }: ViewText,
  count: number,
  clusters: number,
): Classes | undefined {
  if (classNames === undefined) return undefined;
  return {
    names: classNames,
    labels: tensors.uint32('classes', [count]),
    counts: tensors.uint32('class_counts', [clusters, classNames.length]),
  };
}

function readImages(tensors: ViewTensors, file: string, count: number): ImageSet | undefined {
  if (!tensors.has('images')) return undefined;
  const [pictures, height, width] = tensors.shape('images', 3);
  if (width * height === 0) throw new FormatError({ file }, `its images are ${width} x ${height} pixels.`);
  const pixels = tensors.bytes('images', [pictures, height, width]);
  return { width, height, pixels, points: tensors.ascending('image_points', pictures, count) };
}

function readModel(tensors: ViewTensors, { modelKind }: ViewText, clusters: number): MapModel | undefined {
  if (modelKind === undefined) return undefined;
  return {
    kind: modelKind,
    centroids: tensors.float32('centroids', [clusters, 2]),
    covariances: tensors.has('covariances') ? tensors.float32('covariances', [clusters, 3]) : undefined,
  };
}

function readSummaries(tensors: ViewTensors, clusters: number, count: number): ClusterSummary[] {
  const sizes = tensors.uint32('sizes', [clusters]);
  const optional = (name: string): Float64Array | undefined =>
    tensors.has(name) ? tensors.float64(name, [clusters]) : undefined;
  const inertias = optional('inertias');
  const weights = optional('weights');
  const nearest = readMembers(tensors, 'nearest', clusters, count);
  const farthest = readMembers(tensors, 'farthest', clusters, count);
  const pictures = readPictures(tensors, clusters);
  return Array.from(sizes, (size, cluster) => ({
    cluster,
    size,
    inertia: inertias?.[cluster],
    weight: weights?.[cluster],
    image: size > 0 ? pictures?.[cluster] : undefined,
    nearest: nearest[cluster],
    farthest: farthest[cluster],
  }));
}

function readMembers(tensors: ViewTensors, name: string, clusters: number, count: number): number[][] {
  const [, width] = tensors.shape(name, 2);
  const values = tensors.uint32(name, [clusters, width]);
  const wrong = values.find((point) => point >= count && point !== NOBODY);
  if (wrong !== undefined) tensors.refuse(name, `lists point ${wrong}, but there are ${count}`);
  return Array.from({ length: clusters }, (_, k) =>
    Array.from(values.subarray(k * width, (k + 1) * width)).filter((point) => point !== NOBODY),
  );
}

function readPictures(tensors: ViewTensors, clusters: number): Uint8Array[] | undefined {
  if (!tensors.has('cluster_images')) return undefined;
  const [, height, width] = tensors.shape('cluster_images', 3);
  const pixels = tensors.bytes('cluster_images', [clusters, height, width]);
  const size = height * width;
  return Array.from({ length: clusters }, (_, k) => pixels.subarray(k * size, (k + 1) * size));
}
