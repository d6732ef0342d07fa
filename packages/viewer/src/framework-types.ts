import type { ClusterViewer } from './cluster-viewer.component.ts';
import type { ClusterViewerEventMap } from './events.ts';

type Settable =
  | 'src'
  | 'theme'
  | 'palette'
  | 'view'
  | 'colorBy'
  | 'sizeBy'
  | 'filters'
  | 'mapBy'
  | 'namesUrl'
  | 'clusterNames'
  | 'transitions'
  | 'density'
  | 'thumbnails'
  | 'hash'
  | 'side'
  | 'compact'
  | 'data'
  | 'points'
  | 'labels'
  | 'columnNames'
  | 'columns'
  | 'ids'
  | 'texts'
  | 'classNames'
  | 'heading'
  | 'model'
  | 'images'
  | 'classes'
  | 'history'
  | 'device'
  | 'cluster'
  | 'allowFit'
  | 'run'
  | 'comparedRun';

/** The attributes of `<cluster-viewer>` in templates of React, Vue and Svelte. */
export type ClusterViewerProperties = { readonly [Name in Settable]?: ClusterViewer[Name] | undefined };

/** Listeners in a template of React or Svelte, such as `onselection-change`. */
export type ClusterViewerListeners = {
  readonly [Name in keyof ClusterViewerEventMap as `on${Name}`]?:
    | ((event: ClusterViewerEventMap[Name]) => void)
    | undefined;
};
