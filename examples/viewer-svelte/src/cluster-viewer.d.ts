import type { ClusterViewer, ClusterViewerListeners, ClusterViewerProperties } from '@shoal/viewer';
import type { HTMLAttributes } from 'svelte/elements';

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    'cluster-viewer': Omit<HTMLAttributes<ClusterViewer>, 'onerror'> &
      ClusterViewerProperties &
      ClusterViewerListeners;
  }
}
