import type { ClusterViewer } from '../cluster-viewer.component.ts';
import { pointOfRow } from '../interaction/rows.ts';

/**
 * Links two viewers of the same rows: what is selected in one is selected in the other, and the point under the pointer is marked
 * in both. Rows that only one of them shows are ignored.
 *
 * @returns ends the link
 */
export function linkViewers(first: ClusterViewer, second: ClusterViewer): () => void {
  const ending = new AbortController();
  // A change that came from the other viewer goes no further: it would come back.
  let isFollowing = false;
  const follow = (one: ClusterViewer, other: ClusterViewer): void => {
    const { signal } = ending;
    const listen: EventTarget = one;
    listen.addEventListener(
      'selection-change',
      (event) => {
        if (isFollowing || !(event instanceof CustomEvent)) return;
        const { rows } = event.detail as { readonly rows: Uint32Array };
        const points = pointsOf(other, rows);
        if (points === undefined || isSame(points, other.selection)) return;
        isFollowing = true;
        other.selection = points;
        isFollowing = false;
      },
      { signal },
    );
    listen.addEventListener(
      'point-hover',
      (event) => {
        if (isFollowing || !(event instanceof CustomEvent)) return;
        const { row } = event.detail as { readonly row: number | undefined };
        isFollowing = true;
        other.hovered = row === undefined ? undefined : pointsOf(other, [row])?.[0];
        isFollowing = false;
      },
      { signal },
    );
  };
  follow(first, second);
  follow(second, first);
  return () => {
    ending.abort();
  };
}

/** The points of some rows in a viewer; undefined while it shows nothing. */
export function pointsOf({ data }: ClusterViewer, rows: ArrayLike<number>): readonly number[] | undefined {
  if (data === undefined) return undefined;
  return Array.from(rows, (row) => pointOfRow(data, row)).filter((point) => point !== undefined);
}

function isSame(points: readonly number[], selection: Uint32Array): boolean {
  return points.length === selection.length && points.every((point, i) => selection[i] === point);
}
