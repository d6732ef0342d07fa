import { describedColumns, labelsOfRows, profileClusters, type Profiles } from '@shoal/tables';
import type { ClusteringData } from '@shoal/viewer';
import type { PointSource } from './read-file.ts';

/** What sets each of the shown clusters apart, by the columns of the table that the points were made of. */
export function profilesOf(
  { labels, clusters, count, rows, points }: ClusteringData,
  { table, recipe }: PointSource,
): Promise<Profiles> {
  const rowOf = rows ?? Uint32Array.from({ length: count }, (_, point) => point);
  return profileClusters(table, labelsOfRows(labels, rowOf, table.rows), {
    clusters,
    columns: describedColumns(recipe, table),
    points: points && { points, rows: rowOf },
  });
}
