import { matrix, type Matrix } from '@shoal/core';
import { garments, readSafetensors, readTable, type Dataset } from '@shoal/data';
import { Recipe, type Table } from '@shoal/tables';
import type { ClusteringData } from '@shoal/viewer';
import { buildClustering, decodeView, NO_CLUSTER } from '@shoal/viewer/data';

/** Garments on the map: enough to see clusters, few enough to be drawn while the page loads. */
const GARMENTS = 3000;

/** Pictures of clothes that Shoal draws. */
export async function drawGarments(): Promise<Dataset> {
  const { train } = await garments({ train: GARMENTS, test: 1, seed: 3 });
  return { ...train, name: 'Garments' };
}

/** Data to show, with the table that their points were made of, if any. */
export interface Opened {
  readonly data: ClusteringData;
  readonly source?: PointSource | undefined;
}

/** The table of a file, and how its columns became points. */
export interface PointSource {
  readonly table: Table;
  readonly recipe: Recipe;
}

/**
 * The content of a file: a run's view, or a table, whose columns become points as `shoal fit` makes them.
 *
 * @throws {FormatError} when the file is malformed or has a format that Shoal does not read
 */
export async function readFile(file: File): Promise<Opened> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (isView(bytes, file.name)) return { data: decodeView(bytes, file.name) };
  return openTable(await readTable(bytes, file.name));
}

async function openTable(table: Table): Promise<Opened> {
  const recipe = Recipe.fit(table);
  const { points, rows, classes, imageShape, notes } = recipe.transform(table);
  const [height, width] = imageShape ?? [];
  const data = await buildClustering({
    points,
    labels: new Uint32Array(rows.length).fill(NO_CLUSTER),
    classes: classes && {
      // Not rows.map: in unsigned numbers, the class -1 would be 4294967295.
      labels: Int32Array.from(rows, (row) => classes.labels[row]),
      names: classes.classNames,
    },
    images:
      height !== undefined && width !== undefined && points.data instanceof Uint8Array
        ? { width, height, pixels: points.data }
        : undefined,
    columnNames: recipe.pointColumns.map(({ name }) => name),
    table,
    rows: rows.length === table.rows ? undefined : rows,
    title: table.name,
    notes: [...table.notes, recipe.scaling.why, ...recipe.notes, ...notes],
  });
  return { data, source: { table, recipe } };
}

function isView(bytes: Uint8Array, name: string): boolean {
  return name.endsWith('.safetensors') && readSafetensors(bytes, name).metadata['format'] === 'shoal-view';
}

/** Points without clusters. */
export async function notClustered(dataset: Dataset): Promise<Opened> {
  const { name, points, labels, classNames, imageShape, columnNames } = dataset;
  const { data } = points;
  const [height, width] = imageShape ?? [];
  const clustering = await buildClustering({
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
  return { data: clustering };
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
