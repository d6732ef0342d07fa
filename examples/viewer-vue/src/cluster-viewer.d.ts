import type { ClusterViewerEventMap, ClusterViewerProperties } from '@shoal/viewer';
import type { DefineComponent } from 'vue';

/** Listeners as Vue names them, such as `@selection-change`. */
type Emits = { [Name in keyof ClusterViewerEventMap]: (event: ClusterViewerEventMap[Name]) => void };

declare module 'vue' {
  interface GlobalComponents {
    'cluster-viewer': DefineComponent<
      ClusterViewerProperties,
      object,
      object,
      object,
      object,
      object,
      object,
      Emits
    >;
  }
}
