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
  | 'confusion'
  | 'history';

/** The view beside the map. */
export function panelTemplate(
  view: ViewName,
  state: ViewerState,
  theme: Theme,
  later: LaterViews,
  savesNames: boolean,
): TemplateResult {
  switch (view) {
    case 'clusters':
      return html`<cluster-viewer-clusters
        exportparts="card"
        .savesNames=${savesNames}
        .state=${state}
        .theme=${theme}
      ></cluster-viewer-clusters>`;
    case 'tree':
      if (!later.isHere('cluster-viewer-tree')) return loading();
      return html`<cluster-viewer-tree
        exportparts="tree"
        .state=${state}
        .theme=${theme}
      ></cluster-viewer-tree>`;
    case 'filters':
      if (!later.isHere('cluster-viewer-filters')) return loading();
      return html`<cluster-viewer-filters
        exportparts="filters"
        .state=${state}
        .theme=${theme}
      ></cluster-viewer-filters>`;
    case 'rows':
      if (!later.isHere('cluster-viewer-rows')) return loading();
      return html`<cluster-viewer-rows
        exportparts="rows"
        .state=${state}
        .theme=${theme}
      ></cluster-viewer-rows>`;
    case 'columns':
      if (!later.isHere('cluster-viewer-columns')) return loading();
      return html`<cluster-viewer-columns
        exportparts="columns"
        .state=${state}
        .theme=${theme}
      ></cluster-viewer-columns>`;
    case 'selection':
      if (!later.isHere('cluster-viewer-selection')) return loading();
      return html`<cluster-viewer-selection
        exportparts="selection"
        .state=${state}
        .theme=${theme}
      ></cluster-viewer-selection>`;
    case 'confusion':
      if (!later.isHere('cluster-viewer-confusion')) return loading();
      return html`<cluster-viewer-confusion
        exportparts="matrix"
        .state=${state}
        .theme=${theme}
      ></cluster-viewer-confusion>`;
    case 'history':
      if (!later.isHere('cluster-viewer-history')) return loading();
      return html`<cluster-viewer-history
        exportparts="chart"
        .state=${state}
        .theme=${theme}
      ></cluster-viewer-history>`;
  }
}

function loading(): TemplateResult {
  return html`<p class="subtle" role="status">Loading this view</p>`;
}
