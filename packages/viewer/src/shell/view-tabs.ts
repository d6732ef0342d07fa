import type { ClusteringData } from '../data/types.ts';
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
  { name: 'confusion', label: 'Confusion' },
  { name: 'history', label: 'History' },
];

/** The tabs of some data: few have a tree. */
export function tabsFor(data: ClusteringData | undefined, view: ViewName): readonly Tab<ViewName>[] {
  return VIEW_TABS.filter(({ name }) => name !== 'tree' || view === 'tree' || data?.tree !== undefined);
}
