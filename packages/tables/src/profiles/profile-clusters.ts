import { InvalidArgumentError } from '@shoal/core';
import { requireWholeNumber } from '@shoal/core/model-kit';
import type { Table } from '../table/table.ts';
import { describeColumn } from './describe-column.ts';
import { groupRows, type Groups } from './groups.ts';
import { smallestRows } from './nearest-rows.ts';
import { nameClusters } from './profile-names.ts';
import { sampleOf } from './sample.ts';
import { judgeSeparation } from './judge-separation.ts';
import { measureGaps } from './measure-gaps.ts';
import { TraitLists } from './trait-lists.ts';
import type { ClusterProfile, ColumnSummary, ProfileOptions, Profiles } from './types.ts';

/**
 * Describes each cluster of a table's rows: the columns that set it apart from all other rows, typical and borderline
 * rows, a name, and whether there are gaps between the clusters.
 *
 * A trait is listed when its standardized difference is at least 0.35 and random groups of the same sizes would show one
 * like it, in any cluster and column, in fewer than 1 of 100 tables.
 *
 * @param labels the cluster of each row, from 0 to K - 1; `NO_CLUSTER` or -1 for rows in none
 * @throws {ShapeError} when there is not one label, distance or margin per row
 * @throws {InvalidArgumentError} for other labels, or options that are out of range
 * @throws the signal's reason when it is aborted
 */
export async function profileClusters(
  table: Table,
  labels: ArrayLike<number>,
  options: ProfileOptions,
): Promise<Profiles> {
  const { clusters, names = [], distances, margins, points, seed = 0, signal, onProgress } = options;
  requireWholeNumber('clusters', clusters, 1);
  requireWholeNumber('seed', seed, 0);
  const groups = groupRows(labels, clusters, table.rows);
  const nearest = distances && smallestRows(distances, groups, 'distances');
  const borderline = margins
    ? smallestRows(margins, groups, 'margins')
    : distances &&
      smallestRows(
        Float64Array.from(distances, (distance) => -distance),
        groups,
        'distances',
      );
  const described = describedColumns(table, options);
  // By its values, and by what is missing.
  const comparisons =
    2 * described.length * groups.sizes.subarray(0, clusters).filter((size) => size > 0).length;
  const traits = new TraitLists(clusters, comparisons);
  const place = { groups, sample: sampleOf(groups, seed), traits, signal };
  const columns: ColumnSummary[] = [];
  for (const index of described) {
    columns.push(await describeColumn(table.columns[index], { ...place, index }));
    onProgress?.({ phase: 'profiles', completed: columns.length, total: described.length });
  }
  const filled = clusterCards(groups, traits, names).map((card, cluster) => ({
    ...card,
    typical: nearest?.[cluster] ?? [],
    borderline: borderline?.[cluster] ?? [],
  }));
  const gaps = points && (await measureGaps(points, groups, seed, signal));
  return {
    format: 'shoal-profiles',
    version: 1,
    rows: table.rows,
    withoutCluster: groups.sizes[clusters],
    clusters: gaps ? filled.map((card, i) => ({ ...card, nearest: gaps.nearest[i] })) : filled,
    columns,
    separation: judgeSeparation(filled, gaps),
  };
}

function describedColumns({ columns: all }: Table, { columns }: ProfileOptions): readonly number[] {
  const indices = all.map((_, index) => index);
  if (columns === undefined) return indices;
  if (typeof columns === 'function') return indices.filter((index) => columns(all[index], index));
  const wrong = columns.find((index) => !(index in all));
  if (wrong === undefined) return [...new Set(columns)].sort((a, b) => a - b);
  throw new InvalidArgumentError(`columns must be indices from 0 to ${all.length - 1}; got ${wrong}.`);
}

type Card = Omit<ClusterProfile, 'typical' | 'borderline'>;

function clusterCards(
  { clusters, sizes, labels }: Groups,
  traits: TraitLists,
  names: readonly (string | undefined)[],
): readonly Card[] {
  const lists = Array.from({ length: clusters }, (_, cluster) => traits.of(cluster));
  return nameClusters(lists, names).map((name, cluster) => {
    const size = sizes[cluster];
    const own = lists[cluster];
    const card = { cluster, size, share: size / labels.length, name, traits: own };
    return own.length > 0 ? card : { ...card, note: noteOf(size, labels.length) };
  });
}

function noteOf(size: number, rows: number): string {
  if (size === 0) return 'No row is in this cluster.';
  if (size === rows) return 'All rows are in this cluster, so there is nothing to compare it with.';
  return `No column sets this cluster apart: a random group of ${size} ${size === 1 ? 'row' : 'rows'} would differ as much.`;
}
