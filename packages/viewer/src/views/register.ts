import { ClustersView } from './clusters-view.ts';
import { define } from './define.ts';
import { MapView } from './map-view.ts';
import { Legend } from './map/legend.ts';
import { Toolbar } from './map/toolbar.ts';

const views = {
  'cluster-viewer-map': MapView,
  'cluster-viewer-legend': Legend,
  'cluster-viewer-toolbar': Toolbar,
  'cluster-viewer-clusters': ClustersView,
};

/** Defines the elements that a viewer needs at first, once. */
export function registerViews(): void {
  for (const [name, view] of Object.entries(views)) define(name, view);
}
