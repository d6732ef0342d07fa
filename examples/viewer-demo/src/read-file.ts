import { matrix, type Matrix } from '@shoal/core';
import { garments, readPoints, readSafetensors, type Dataset } from '@shoal/data';
import type { ClusteringData } from '@shoal/viewer';
import { buildClustering, decodeView, NO_CLUSTER } from '@shoal/viewer/data';

/** Garments on the map: enough to see clusters, few enough to be drawn while the page loads. */
const GARMENTS = 3000;

/** Pictures of clothes that Shoal draws. */
export async function drawGarments(): Promise<Dataset> {
  const { train } = await garments({ train: GARMENTS, test: 1, seed: 3 });
  return { ...train, name: 'Garments' };
}

/**
 * The content of a file: a run's view, or points that are not clustered yet.
 *
 * @throws {FormatError} when the file is malformed or has a format that Shoal does not read
 */
export async function readFile(file: File): Promise<ClusteringData> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (isView(bytes, file.name)) return decodeView(bytes, file.name);
  return notClustered(await readPoints(bytes, file.name));
}

function isView(bytes: Uint8Array, name: string): boolean {
  return name.endsWith('.safetensors') && readSafetensors(bytes, name).metadata['format'] === 'shoal-view';
}

/** Points without clusters. */
export async function notClustered(dataset: Dataset): Promise<ClusteringData> {
  const { name, points, labels, classNames, imageShape, columnNames } = dataset;
  const { data } = points;
  const [height, width] = imageShape ?? [];
  return buildClustering({
    points,
    labels: new Uint32Array(points.rows).fill(NO_CLUSTER),
    classes: labels && { labels, names: classNames },
    images:
      height !== undefined && width !== undefined && data instanceof Uint8Array
        ? { width, height, pixels: data }
        : undefined,
    columnNames,
    title: name,
  });
}

/**
 * A run's view with points to fit. The file of a view has no points: its pictures are used as points, or else the
 * places on the map.
 */
export async function withPoints(view: ClusteringData): Promise<ClusteringData> {
  const { images, classes, labels, clusters } = view;
  const chosen = images?.points ?? placed(view);
  const points = images ? pixelsOf(images) : placesOf(view, chosen);
  return buildClustering({
    points,
    labels: chosen.map((point) => labels[point]),
    clusters,
    classes: classes && { labels: chosen.map((point) => classes.labels[point]), names: classes.names },
    images: images && { width: images.width, height: images.height, pixels: images.pixels },
    columnNames: images ? undefined : ['x on the map', 'y on the map'],
    title: images
      ? `The ${chosen.length.toLocaleString('en')} pictures that the run keeps`
      : 'The places on the map, as the run keeps no points',
  });
}

function pixelsOf({ pixels, width, height, points }: NonNullable<ClusteringData['images']>): Matrix {
  return matrix(pixels, points.length, width * height, 1 / 255);
}

function placed({ count, positions }: ClusteringData): Uint32Array {
  return Uint32Array.from(Array(count).keys()).filter((point) =>
    Number.isFinite(positions[2 * point] + positions[2 * point + 1]),
  );
}

function placesOf({ positions }: ClusteringData, points: Uint32Array): Matrix {
  const data = new Float32Array(2 * points.length);
  points.forEach((point, i) => {
    data.set(positions.subarray(2 * point, 2 * point + 2), 2 * i);
  });
  return matrix(data, points.length, 2);
}
