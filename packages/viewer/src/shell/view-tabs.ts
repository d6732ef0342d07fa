import type { ViewerState } from '../state/viewer-state.ts';
import type { ViewName } from './panel.ts';
import type { Tab } from './tabs.ts';

/** The views beside the map, in the order of their tabs. */
export const VIEW_TABS: readonly Tab<ViewName>[] = [
  { name: 'clusters', label: 'Clusters' },
  { name: 'tree', label: 'Tree' },
  { name: 'columns', label: 'Columns' },
  { name: 'filters', label: 'Filters' },
  { name: 'rows', label: 'Rows' },
  { name: 'selection', label: 'Selection' },
  { name: 'runs', label: 'Runs' },
  { name: 'confusion', label: 'Confusion' },
  { name: 'history', label: 'History' },
];

/** The tabs of what is shown: few data have a tree, or are shown beside other runs. */
export function tabsFor(
  { data, runs }: ViewerState,
  view: ViewName,
  allowsFits: boolean,
): readonly Tab<ViewName>[] {
  const hidden = [
    ...(data?.tree === undefined ? ['tree'] : []),
    ...(runs?.compared === undefined && !allowsFits ? ['runs'] : []),
  ];
  return VIEW_TABS.filter(({ name }) => name === view || !hidden.includes(name));
}
