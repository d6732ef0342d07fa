import { KMeans, Random } from '@shoal/core';
import { garments } from '@shoal/data';
import { tableOf } from '@shoal/tables';
import { createWebGpuEngine } from '@shoal/webgpu-kernels';
import axe from 'axe-core';
import { buildClustering } from '../../../src/data/build-clustering.ts';
import type { ClusteringData } from '../../../src/data/types.ts';
import { ClusterViewer } from '../../../src/index.ts';
import type { MapView } from '../../../src/views/map-view.ts';
import { plantTree, type PlantedTree } from './plant-tree.ts';

/** Clusters of a test: round heaps on a ring, every tenth point of another class. */
export interface Planted {
  readonly clusters: number;
  /** Points of each cluster; the last cluster is empty when `empty` is set. */
  readonly each: number;
  readonly empty?: boolean;
  readonly classNames?: readonly string[];
  readonly images?: boolean;
  readonly title?: string;
  readonly notes?: readonly string[];
  readonly history?: ClusteringData['history'];
}

/** Points of two columns, with labels and classes. */
export interface PlantedPlaces {
  readonly places: readonly (readonly [number, number])[];
  readonly labels?: readonly number[];
  readonly clusters?: number;
  readonly classes?: readonly string[];
  readonly columnNames?: readonly string[];
}

/** Rows of a table at given places. */
export interface PlantedRows {
  readonly columns: Readonly<Record<string, readonly (number | string | boolean | null)[]>>;
  /** Columns of dates, by their texts. */
  readonly dates?: Readonly<Record<string, readonly (string | null)[]>>;
  readonly positions: readonly number[];
  readonly labels: readonly number[];
  readonly clusters?: number;
  readonly clusterNames?: readonly string[] | undefined;
  readonly clusterTraits?: readonly (readonly string[])[];
}

/** The map by labels on the device and by labels that were read back, as PNG. */
export interface SharedPictures {
  /** The map with all points in one cluster. */
  readonly before: readonly number[];
  readonly onDevice: readonly number[];
  readonly readBack: readonly number[];
  /** Number of readbacks of as many bytes as the labels have, before the test reads them back itself. */
  readonly readings: number;
  /** The error messages for an engine without a device, and for labels of other points. */
  readonly refusals: readonly string[];
}

export interface ViewerPage {
  plant(planted: Planted): Promise<ClusteringData>;
  /** Pictures of clothes, clustered. */
  garments(count: number, clusters: number): Promise<ClusteringData>;
  /** Points at given places, in one cluster unless labels say otherwise. */
  places(planted: PlantedPlaces): Promise<ClusteringData>;
  /** Points one unit apart on a square grid of `side` x `side`, row by row from (0, 0); clusters by column, in turn. */
  grid(side: number, clusters: number): Promise<ClusteringData>;
  /** Rows of a table. */
  rows(planted: PlantedRows): Promise<ClusteringData>;
  /** Heaps, clustered by a method that has a tree. */
  tree(method: PlantedTree, count?: number): Promise<ClusteringData>;
  /** Puts a comparison into the page, and returns its viewers. */
  compare(theme: string, view: string): Promise<readonly ClusterViewer[]>;
  /** The map of the viewer. */
  map(): MapView;
  /** The color of the map in the middle of a point: red, green, blue. */
  colorAt(point: number): Promise<readonly number[]>;
  /** The color of the map some CSS pixels to the left of the middle of a point. */
  colorBeside(point: number, left: number): Promise<readonly number[]>;
  /** The place on the page, in CSS pixels, of a place on the map. */
  screen(x: number, y: number): readonly [number, number];
  /** The place on the page of a point. */
  screenOf(point: number): readonly [number, number];
  /** Resolves when the map shows its data. */
  settled(): Promise<void>;
  /** Hides texts and buttons of the map, which differ between machines. */
  hideText(): void;
  /**
   * Fits k-means in this page, on a device that the map shares, and pauses after an iteration. Returns the map by the labels
   * on the device and by labels that were read back, and the number of readbacks for the former.
   */
  shareDevice(planted: Planted, iteration: number): Promise<SharedPictures>;
  /** Puts a new viewer into the page, and removes all others. */
  mount(attributes?: Readonly<Record<string, string>>): ClusterViewer;
  /** Puts an element into the page that gets values before it is defined as a viewer; once. */
  define(values: object): ClusterViewer;
  /** The findings of axe, in words. */
  check(): Promise<readonly string[]>;
  /** The first element that a path of selectors leads to, through shadow trees. */
  find(...path: readonly string[]): HTMLElement | undefined;
}

declare global {
  interface Window {
    viewerPage?: ViewerPage;
  }
}

const side = 8;

async function plant(planted: Planted): Promise<ClusteringData> {
  const { clusters, each, empty = false, classNames, images = false } = planted;
  const count = clusters * each;
  const random = new Random(7);
  const points = new Float32Array(2 * count);
  const pixels = new Uint8Array(images ? count * side * side : 0);
  const labels = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    const cluster = i % clusters;
    labels[i] = empty && cluster === clusters - 1 ? 0 : cluster;
    const angle = (2 * Math.PI * labels[i]) / clusters;
    points[2 * i] = clusters * Math.cos(angle) + random.normal() * 0.6;
    points[2 * i + 1] = clusters * Math.sin(angle) + random.normal() * 0.6;
    if (images) {
      for (let j = 0; j < side * side; j++) {
        pixels[i * side * side + j] = j % clusters === labels[i] % (side * side) ? 255 : 40 * (i % 3);
      }
    }
  }
  return buildClustering({
    points: { data: points, columns: 2 },
    labels,
    clusters,
    title: planted.title ?? 'Planted heaps',
    notes: planted.notes ?? [],
    history: planted.history ?? [],
    ...(images ? { images: { width: side, height: side, pixels } } : {}),
    ...(classNames === undefined
      ? {}
      : {
          classes: {
            names: classNames,
            labels: Array.from(labels, (label, i) => (i % 10 === 9 ? label + 1 : label) % classNames.length),
          },
        }),
  });
}

function places({
  places: at,
  labels,
  clusters,
  classes,
  columnNames,
}: PlantedPlaces): Promise<ClusteringData> {
  return buildClustering({
    points: { data: Float32Array.from(at.flat()), columns: 2 },
    labels: labels ?? at.map(() => 0),
    clusters,
    columnNames,
    classes: classes && { labels: classes },
  });
}

function grid(side: number, clusters: number): Promise<ClusteringData> {
  const data = new Float32Array(2 * side * side);
  for (let i = 0; i < side * side; i++) data.set([i % side, Math.floor(i / side)], 2 * i);
  return buildClustering({
    points: { data, columns: 2 },
    labels: Uint32Array.from({ length: side * side }, (_, i) => (i % side) % clusters),
    clusters,
    most: side * side,
  });
}

async function rows(planted: PlantedRows): Promise<ClusteringData> {
  const { columns, dates = {}, positions, labels, clusters, clusterNames, clusterTraits } = planted;
  const moments = Object.entries(dates).map(
    ([name, texts]) => [name, texts.map((text) => (text === null ? null : new Date(text)))] as const,
  );
  const table = tableOf({ ...columns, ...Object.fromEntries(moments) });
  return { ...(await buildClustering({ labels, clusters, positions, table, clusterNames })), clusterTraits };
}

async function colorAt(point: number, left = 0): Promise<readonly number[]> {
  const viewer = document.querySelector('cluster-viewer')!;
  const map = mapView();
  const image = await createImageBitmap(await viewer.exportPng());
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext('2d')!;
  context.drawImage(image, 0, 0);
  const { positions } = viewer.data!;
  const { x, y } = map.stage.project(positions[2 * point], positions[2 * point + 1]);
  const ratio = image.width / map.stage.viewport.width;
  return [...context.getImageData(Math.floor((x - left) * ratio), Math.floor(y * ratio), 1, 1).data].slice(
    0,
    3,
  );
}

function mapView(): MapView {
  return window.viewerPage!.find('cluster-viewer', 'cluster-viewer-map') as MapView;
}

function screen(x: number, y: number): readonly [number, number] {
  const map = mapView();
  const { left, top } = map.renderRoot.querySelector('.surface')!.getBoundingClientRect();
  const place = map.stage.project(x, y);
  return [left + place.x, top + place.y];
}

async function settled(): Promise<void> {
  const map = mapView();
  await map.updateComplete;
  while (map.stage.scatter === undefined || map.stage.viewport.width === 0) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
  await map.updateComplete;
  await map.stage.scatter.settled();
  // The canvas is on the screen one frame later.
  for (let frame = 0; frame < 2; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
}

async function shareDevice(planted: Planted, iteration: number): Promise<SharedPictures> {
  const viewer = document.querySelector('cluster-viewer')!;
  const data = await plant(planted);
  const engine = await createWebGpuEngine({ allowSoftware: true });
  viewer.device = engine.device;
  viewer.data = { ...data, labels: new Uint32Array(data.count), model: undefined };
  await viewer.updateComplete;
  await settled();
  const picture = async (): Promise<readonly number[]> => {
    await settled();
    return [...new Uint8Array(await (await mapView().stage.scatter!.snapshot()).arrayBuffer())];
  };
  const before = await picture();
  let readings = 0;
  const buffers = GPUBuffer.prototype;
  const mapAsync: GPUBuffer['mapAsync'] = Reflect.get(buffers, 'mapAsync');
  buffers.mapAsync = function (...given) {
    if (this.size >= 4 * data.count) readings++;
    return mapAsync.apply(this, given);
  };
  let result: SharedPictures | undefined;
  const refusals: string[] = [];
  const refused = async (work: () => unknown): Promise<void> => {
    try {
      await work();
    } catch (error) {
      refusals.push((error as Error).name);
    }
  };
  await new KMeans({ clusters: planted.clusters, init: 'random', seed: 5, engine }).fit(data.points!, {
    async onIteration(state) {
      if (state.iteration !== iteration) return;
      readings = 0;
      const labels = await state.labelsOnDevice();
      viewer.showLabels(labels);
      const onDevice = await picture();
      const readingsBefore = readings;
      await refused(() => {
        viewer.showLabels({ ...labels, rows: labels.rows - 1 });
      });
      viewer.data = { ...viewer.data!, labels: await state.readLabels() };
      result = { before, onDevice, readBack: await picture(), readings: readingsBefore, refusals };
    },
  });
  await new KMeans({ clusters: 2 }).fit(data.points!, {
    onIteration: (state) => refused(() => state.labelsOnDevice()),
  });
  viewer.device = undefined;
  await viewer.updateComplete;
  await refused(() => {
    viewer.showLabels(engine.device.createBuffer({ size: 4 * data.count, usage: GPUBufferUsage.STORAGE }));
  });
  buffers.mapAsync = mapAsync;
  engine.destroy();
  return result!;
}

async function clothes(count: number, clusters: number): Promise<ClusteringData> {
  const { train } = await garments({ train: count, test: 1, seed: 3 });
  const model = await new KMeans({ clusters, seed: 1, maxIterations: 12 }).fit(train.points);
  return buildClustering({
    points: train.points,
    model,
    labels: model.labels,
    title: 'Garments: k-means',
    images: { width: 28, height: 28, pixels: train.points.data as Uint8Array },
    classes: { labels: train.labels, names: train.classNames ?? [] },
    history: [
      { name: 'inertia', step: 'iteration', values: model.inertiaHistory },
      { name: 'training loss', step: 'epoch', values: [9, 6, 4.4, 3.6, 3.1, 2.8, 2.6, 2.5] },
      { name: 'validation loss', step: 'epoch', values: [8, 6.3, 4.9, 4.2, 3.8, 3.7, 3.65, 3.7] },
    ],
    metrics: { objective: { name: 'inertia', value: model.inertia } },
    most: 20_000,
  });
}

window.viewerPage = {
  plant,
  garments: clothes,
  places,
  grid,
  rows,
  tree: plantTree,
  map: mapView,
  async compare(theme, view) {
    await import('../../../src/comparison.ts');
    const comparison = document.createElement('cluster-comparison');
    comparison.setAttribute('theme', theme);
    comparison.setAttribute('view', view);
    document.querySelector('main')?.replaceChildren(comparison);
    await comparison.updateComplete;
    return comparison.viewers;
  },
  colorAt: (point) => colorAt(point),
  colorBeside: colorAt,
  screen,
  screenOf(point) {
    const { positions } = document.querySelector('cluster-viewer')!.data!;
    return screen(positions[2 * point], positions[2 * point + 1]);
  },
  settled,
  shareDevice,
  hideText() {
    const style = document.createElement('style');
    style.textContent = '.top, .zoom, .foot, .overlay text { visibility: hidden }';
    mapView().renderRoot.append(style);
  },
  mount(attributes = {}) {
    const viewer = document.createElement('cluster-viewer');
    for (const [name, value] of Object.entries(attributes)) viewer.setAttribute(name, value);
    document.querySelector('main')?.replaceChildren(viewer);
    return viewer;
  },
  define(values) {
    const early = document.createElement('late-viewer');
    Object.assign(early, values);
    document.querySelector('main')?.replaceChildren(early);
    customElements.define('late-viewer', class extends ClusterViewer {});
    return document.querySelector<ClusterViewer>('late-viewer')!;
  },
  async check() {
    const { violations } = await axe.run(document);
    return violations.map(
      ({ id, help, nodes }) =>
        `${id}: ${help}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary ?? ''}`).join(' | ')}`,
    );
  },
  find(...path) {
    let root: Document | ShadowRoot = document;
    let found: HTMLElement | null = null;
    for (const selector of path) {
      found = root.querySelector<HTMLElement>(selector);
      if (found === null) return undefined;
      root = found.shadowRoot ?? root;
    }
    return found ?? undefined;
  },
};
