/** `<cluster-comparison>`: two runs side by side, and a link between viewers. `@shoal/viewer/comparison`. */
import { ClusterComparison } from './compare/cluster-comparison.component.ts';
import { define } from './views/load-view.ts';

export { ClusterComparison } from './compare/cluster-comparison.component.ts';
export { linkViewers } from './compare/link-viewers.ts';

define('cluster-comparison', ClusterComparison);

declare global {
  interface HTMLElementTagNameMap {
    'cluster-comparison': ClusterComparison;
  }
}
