export { ClusterViewer, type ThemeName } from './cluster-viewer.component.ts';
export type * from './data/types.ts';
export type * from './events.ts';
export type * from './framework-types.ts';
export type { FitHandle } from './live/fit-controller.ts';
export type { FitOutcome } from './live/messages.ts';
export type { LiveFitSettings, LiveFitSettingsWithK } from './live/settings.ts';
export type { ViewName } from './shell/panel.ts';
