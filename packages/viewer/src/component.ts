export { ClusterViewer, type ThemeName, type ViewName } from './cluster-viewer.component.ts';
export type * from './data/types.ts';
export type * from './events.ts';
export type { FitHandle } from './live/fit-controller.ts';
export type { FitOutcome } from './live/messages.ts';
export type { LiveFitSettings } from './live/settings.ts';
