import { NO_CLUSTER } from '@shoal/core';
import { profileClusters, type Profiles } from '@shoal/tables';
import type { ClusteringData } from '@shoal/viewer';
import type { PointSource } from './read-file.ts';

/** What sets each of the shown clusters apart, by the columns of the table that the points were made of. */
export function profilesOf(
  { labels, clusters, count, rows, points }: ClusteringData,
  { table, recipe }: PointSource,
): Promise<Profiles> {
  const rowOf = rows ?? Uint32Array.from({ length: count }, (_, point) => point);
  const all = new Uint32Array(table.rows).fill(NO_CLUSTER);
  rowOf.forEach((row, point) => {
    all[row] = labels[point];
  });
  return profileClusters(table, all, {
    clusters,
    columns: recipe.columns.flatMap(({ use }, i) => (use === 'id' || use === 'label' ? [] : [i])),
    points: points && { points, rows: rowOf },
  });
}
