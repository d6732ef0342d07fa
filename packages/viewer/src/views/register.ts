import { ClustersView } from './clusters-view.ts';
import { ConfusionView } from './confusion-view.ts';
import { FitView } from './fit-view.ts';
import { HistoryView } from './history-view.ts';
import { MapView } from './map-view.ts';
import { Legend } from './map/legend.ts';
import { Toolbar } from './map/toolbar.ts';

const views = {
  'cluster-viewer-map': MapView,
  'cluster-viewer-legend': Legend,
  'cluster-viewer-toolbar': Toolbar,
  'cluster-viewer-fit': FitView,
  'cluster-viewer-clusters': ClustersView,
  'cluster-viewer-confusion': ConfusionView,
  'cluster-viewer-history': HistoryView,
};

/** Defines the elements a viewer is made of, once. */
export function registerViews(): void {
  for (const [name, view] of Object.entries(views)) {
    if (customElements.get(name) === undefined) customElements.define(name, view);
  }
}
