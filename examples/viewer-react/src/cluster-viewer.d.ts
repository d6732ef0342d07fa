import type { ClusterViewer, ClusterViewerListeners, ClusterViewerProperties } from '@shoal/viewer';
import type { DetailedHTMLProps, HTMLAttributes } from 'react';

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'cluster-viewer': DetailedHTMLProps<HTMLAttributes<ClusterViewer>, ClusterViewer> &
        ClusterViewerProperties &
        ClusterViewerListeners;
    }
  }
}
