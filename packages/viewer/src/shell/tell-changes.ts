import { emit } from '../events.ts';
import { countOf, integer } from '../interaction/describe.ts';
import { clusterName } from '../interaction/groups.ts';
import { rowOf } from '../interaction/rows.ts';
import type { StateChange, ViewerState } from '../state/viewer-state.ts';

/** Tells the page of a change, by an event of the element, and screen readers, by `say`. */
export function tellChange(
  change: StateChange,
  { data, selection, hovered, cluster, filters, passingCount, lastNaming }: ViewerState,
  element: EventTarget,
  say: (message: string) => void,
): void {
  if (change === 'data') {
    emit(element, 'data-change', { data });
  } else if (change === 'selection') {
    const { points, size } = selection;
    const rows = data === undefined ? points : points.map((point) => rowOf(data, point));
    emit(element, 'selection-change', { points, rows });
    say(size === 0 ? 'Nothing is selected.' : `${countOf(size, 'point')} selected.`);
  } else if (change === 'hover') {
    const isKnown = data !== undefined && hovered !== undefined;
    emit(element, 'point-hover', {
      point: hovered,
      row: isKnown ? rowOf(data, hovered) : undefined,
      cluster: isKnown && data.labels[hovered] < data.clusters ? data.labels[hovered] : undefined,
    });
  } else if (change === 'filters') {
    const count = data?.count ?? 0;
    emit(element, 'filter-change', { filters, passing: passingCount });
    say(
      filters.length === 0
        ? 'All points are shown.'
        : `${integer(passingCount)} of ${countOf(count, 'point')} shown.`,
    );
  } else if (change === 'name' && data !== undefined && lastNaming !== undefined) {
    const named = lastNaming.cluster;
    emit(element, 'name-change', { ...lastNaming, name: data.clusterNames?.[named] });
    say(`${clusterName(data, named)} is its name now.`);
  } else if (change === 'cluster') {
    emit(element, 'cluster-select', { cluster });
    if (data === undefined || cluster === undefined) return;
    const size = data.summaries.at(cluster)?.size ?? 0;
    say(`${clusterName(data, cluster)}, ${countOf(size, 'point')}.`);
  }
}
