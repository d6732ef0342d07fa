import { ClusterViewer } from './cluster-viewer.component.ts';

export * from './component.ts';

if (customElements.get('cluster-viewer') === undefined)
  customElements.define('cluster-viewer', ClusterViewer);

declare global {
  interface HTMLElementTagNameMap {
    'cluster-viewer': ClusterViewer;
  }
}
