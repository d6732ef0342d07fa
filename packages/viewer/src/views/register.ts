import type { columnGrouping } from '../columns/index.ts';
import { ClustersView } from './clusters-view.ts';
import { MapView } from './map-view.ts';
import { Legend } from './map/legend.ts';
import { Toolbar } from './map/toolbar.ts';

const views = {
  'cluster-viewer-map': MapView,
  'cluster-viewer-legend': Legend,
  'cluster-viewer-toolbar': Toolbar,
  'cluster-viewer-clusters': ClustersView,
};

/** Views whose code is loaded when they are first shown. */
const laterViews = {
  'cluster-viewer-fit': async () => (await import('./fit-view.ts')).FitView,
  'cluster-viewer-rows': async () => (await import('./rows-view.ts')).RowsView,
  'cluster-viewer-confusion': async () => (await import('./confusion-view.ts')).ConfusionView,
  'cluster-viewer-history': async () => (await import('./history-view.ts')).HistoryView,
};

/** Name of an element whose code is loaded when it is first shown. */
export type LaterView = keyof typeof laterViews;

/** Defines the elements that a viewer needs at first, once. */
export function registerViews(): void {
  for (const [name, view] of Object.entries(views)) define(name, view);
}

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

function define(name: string, view: CustomElementConstructor): void {
  if (customElements.get(name) === undefined) customElements.define(name, view);
}
