export { ClusterViewer, type ThemeName, type ViewName } from './cluster-viewer.component.ts';
export type * from './data/types.ts';
export type * from './events.ts';
