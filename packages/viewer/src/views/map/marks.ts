import type { ClusteringData } from '../../data/types.ts';
import { MARK, type Color } from '../../render/scatter.ts';
import type { ViewerState } from '../../state/viewer-state.ts';
import type { Theme } from '../../theme/theme.ts';

/** One color for each group and no more, so that a point without a group has no color. */
export function paletteOf({ palette, muted }: Theme, groups: number): readonly Color[] {
  return Array.from({ length: groups }, (_, group) => palette[group % palette.length] ?? muted);
}

/**
 * The marks of each point: selected; or grayed, by the legend or a filter, because others are highlighted or selected, or because another cluster
 * is chosen and nothing is selected.
 */
export function marksOf(state: ViewerState, data: ClusteringData): Uint8Array {
  const { selection, muted, cluster, grouping, highlighted, passing } = state;
  const marks = new Uint8Array(data.count);
  if (highlighted !== undefined) {
    marks.fill(MARK.muted);
    for (const point of highlighted) marks[point] = 0;
  } else if (selection.size > 0) marks.fill(MARK.muted);
  else if (cluster !== undefined) {
    for (let i = 0; i < marks.length; i++) if (data.labels[i] !== cluster) marks[i] = MARK.muted;
  }
  for (const point of selection.points) marks[point] = MARK.selected;
  if (muted.size > 0 && grouping !== undefined) {
    const { labels, groups } = grouping;
    const isMuted = Uint8Array.from(groups, ({ group }) => (muted.has(group) ? 1 : 0));
    for (let i = 0; i < marks.length; i++) if (isMuted[labels[i]] === 1) marks[i] = MARK.muted;
  }
  if (passing !== undefined) {
    for (let i = 0; i < marks.length; i++) if (passing[i] === 0) marks[i] = MARK.muted;
  }
  return marks;
}
