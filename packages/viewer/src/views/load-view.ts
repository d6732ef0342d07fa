import type { columnGrouping } from '../columns/index.ts';
import type * as Filters from '../filters/index.ts';
import type { axesMap } from '../maps/axes-map.ts';
import type { umapMap } from '../maps/umap-map.ts';
import type * as Profile from '../profile/index.ts';
import type * as RunCode from '../runs/index.ts';
import type * as HashCode from '../shell/hash-controller.ts';
import type { selectNeighbors } from '../space/select-neighbors.ts';
import type { sizingOf } from '../sizes/sizing-of.ts';
import { define } from './define.ts';

/** Views whose code is loaded when they are first shown. All have the same name in their modules, which keeps this list short. */
const laterViews = {
  'cluster-viewer-fit': () => import('./fit-view.ts'),
  'cluster-viewer-display': () => import('./display-view.ts'),
  'cluster-viewer-help': () => import('./help-view.ts'),
  'cluster-viewer-tree': () => import('./tree-view.ts'),
  'cluster-viewer-columns': () => import('./columns-view.ts'),
  'cluster-viewer-selection': () => import('./selection-view.ts'),
  'cluster-viewer-filters': () => import('./filters-view.ts'),
  'cluster-viewer-rows': () => import('./rows-view.ts'),
  'cluster-viewer-confusion': () => import('./confusion-view.ts'),
  'cluster-viewer-runs': () => import('./runs-view.ts'),
  'cluster-viewer-history': () => import('./history-view.ts'),
};

/** Name of an element whose code is loaded when it is first shown. */
export type LaterView = keyof typeof laterViews;

/** Defines a view that is loaded later, once. */
export async function loadView(name: LaterView): Promise<void> {
  const { View } = await laterViews[name]();
  define(name, View);
}

/** Loads the code that colors points by a column, and its legend. */
export async function loadColumnColors(): Promise<typeof columnGrouping> {
  const columns = await import('../columns/index.ts');
  define('cluster-viewer-scale', columns.ScaleLegend);
  return columns.columnGrouping;
}

/** Loads the code that compares the columns of clusters. */
export function loadProfile(): Promise<typeof Profile> {
  return import('../profile/index.ts');
}

/** Loads the code that finds the points that pass filters. */
export function loadFilters(): Promise<typeof Filters> {
  return import('../filters/index.ts');
}

/** Loads the code that gives points sizes by a column. */
export async function loadSizes(): Promise<typeof sizingOf> {
  return (await import('../sizes/sizing-of.ts')).sizingOf;
}

/** Loads the code that finds the neighbors of points. */
export async function loadNeighbors(): Promise<typeof selectNeighbors> {
  return (await import('../space/select-neighbors.ts')).selectNeighbors;
}

/** Loads the code that makes maps of two columns. */
export async function loadAxesMap(): Promise<typeof axesMap> {
  return (await import('../maps/axes-map.ts')).axesMap;
}

/** Loads the code that asks a Worker for a map by UMAP. */
export async function loadUmapMap(): Promise<typeof umapMap> {
  return (await import('../maps/umap-map.ts')).umapMap;
}

/** Loads the code that keeps several runs. */
export function loadRuns(): Promise<typeof RunCode> {
  return import('../runs/index.ts');
}

/** Loads the code that keeps the view in the address. */
export function loadHash(): Promise<typeof HashCode> {
  return import('../shell/hash-controller.ts');
}
