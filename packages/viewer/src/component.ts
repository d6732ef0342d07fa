export { ClusterViewer } from './cluster-viewer.component.ts';
export type * from './data/types.ts';
export type * from './events.ts';
