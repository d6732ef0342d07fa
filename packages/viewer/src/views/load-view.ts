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

/** Views whose code is loaded when they are first shown. */
const laterViews = {
  'cluster-viewer-fit': async () => (await import('./fit-view.ts')).FitView,
  'cluster-viewer-display': async () => (await import('./display-view.ts')).DisplayView,
  'cluster-viewer-help': async () => (await import('./help-view.ts')).HelpView,
  'cluster-viewer-tree': async () => (await import('./tree-view.ts')).TreeView,
  'cluster-viewer-columns': async () => (await import('./columns-view.ts')).ColumnsView,
  'cluster-viewer-selection': async () => (await import('./selection-view.ts')).SelectionView,
  'cluster-viewer-filters': async () => (await import('./filters-view.ts')).FiltersView,
  'cluster-viewer-rows': async () => (await import('./rows-view.ts')).RowsView,
  'cluster-viewer-confusion': async () => (await import('./confusion-view.ts')).ConfusionView,
  'cluster-viewer-runs': async () => (await import('./runs-view.ts')).RunsView,
  'cluster-viewer-history': async () => (await import('./history-view.ts')).HistoryView,
};

/** Name of an element whose code is loaded when it is first shown. */
export type LaterView = keyof typeof laterViews;

/** Defines a view that is loaded later, once. */
export async function loadView(name: LaterView): Promise<void> {
  define(name, await laterViews[name]());
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
