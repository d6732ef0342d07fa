import { html, type TemplateResult } from 'lit';
import type { ViewerState } from '../state/viewer-state.ts';
import type { Theme } from '../theme/theme.ts';
import type { LaterViews } from './later-views.ts';

/** The views beside the map. */
export type ViewName =
  | 'clusters'
  | 'tree'
  | 'columns'
  | 'filters'
  | 'rows'
  | 'selection'
  | 'runs'
  | 'confusion'
  | 'history';

/** The parts of each view, that a page can style. */
const PARTS: Readonly<Record<ViewName, string>> = {
  clusters: 'card',
  tree: 'tree',
  columns: 'columns',
  filters: 'filters',
  rows: 'rows',
  selection: 'selection',
  runs: 'runs, matrix',
  confusion: 'matrix',
  history: 'chart',
};

/** What a view beside the map shows. */
interface Shown {
  readonly state: ViewerState;
  readonly theme: Theme;
  readonly savesNames: boolean;
  readonly allowsFits: boolean;
}

/** The view beside the map. */
export function panelTemplate(view: ViewName, shown: Shown, later: LaterViews): TemplateResult {
  const element = later.element(`cluster-viewer-${view}`, PARTS[view]);
  if (element === undefined) return html`<p class="subtle" role="status">Loading this view</p>`;
  return html`${Object.assign(element, shown)}`;
}
