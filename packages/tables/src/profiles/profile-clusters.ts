import { InvalidArgumentError, ShapeError } from '@shoal/core';
import { requireWholeNumber } from '@shoal/core/model-kit';
import type { Table } from '../table/table.ts';
import { isEnough } from './chance.ts';
import { describeColumn } from './describe-column.ts';
import { findExamples } from './example-rows.ts';
import { groupRows } from './groups.ts';
import { nameClusters } from './profile-names.ts';
import { sampleOf } from './sample.ts';
import { judgeSeparation, noteOf } from './judge-separation.ts';
import { measureGaps } from './measure-gaps.ts';
import { TraitLists } from './trait-lists.ts';
import type { ClusterProfile, ColumnSummary, ProfileOptions, ProfilePoints, Profiles } from './types.ts';

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
  const { clusters, names = [], points, seed = 0, signal, onProgress } = options;
  requireWholeNumber('clusters', clusters, 1);
  requireWholeNumber('seed', seed, 0);
  const groups = groupRows(labels, clusters, table.rows);
  if (points) requireRowsOfPoints(points, table.rows);
  const examples = await findExamples(groups, options);
  const described = chosenColumns(table, options);
  const filled = groups.sizes.subarray(0, clusters).filter((size) => size > 0).length;
  // By its values, and by what is missing.
  const traits = new TraitLists(clusters, 2 * described.length * filled);
  const place = { groups, sample: sampleOf(groups, seed), traits, signal };
  const columns: ColumnSummary[] = [];
  for (const index of described) {
    columns.push(await describeColumn(table.columns[index], { ...place, index }));
    onProgress?.({ phase: 'profiles', completed: columns.length, total: described.length });
  }
  const gaps = points && (await measureGaps(points, groups, seed, signal));
  const nameless = Array.from({ length: clusters }, (_, cluster) => ({
    size: groups.sizes[cluster],
    traits: traits.of(cluster),
  }));
  const canDiffer = (size: number): boolean => isEnough(size, table.rows, traits.comparisons);
  const isDescribed = columns.some(({ describedAs }) => describedAs !== 'none');
  const cards = nameClusters(nameless, names, (size) => isDescribed && canDiffer(size)).map(
    (name, cluster): ClusterProfile => {
      const own = nameless[cluster];
      return {
        cluster,
        size: own.size,
        share: own.size / table.rows,
        name,
        traits: own.traits,
        typical: examples.typical[cluster],
        borderline: examples.borderline[cluster],
        nearest: gaps?.nearest[cluster],
      };
    },
  );
  return {
    format: 'shoal-profiles',
    version: 1,
    rows: table.rows,
    withoutCluster: groups.sizes[clusters],
    clusters: cards.map((card) => ({
      ...card,
      note: noteOf(card, table.rows, isDescribed, canDiffer, gaps?.chanceGap),
    })),
    columns,
    separation: judgeSeparation(cards, isDescribed, gaps, canDiffer),
  };
}

function requireRowsOfPoints({ points, rows }: ProfilePoints, tableRows: number): void {
  if (rows.length !== points.rows) {
    throw new ShapeError(
      `points.rows needs the row of each of the ${points.rows} points; got ${rows.length} rows.`,
    );
  }
  for (let i = 0; i < rows.length; i++) {
    if (Number.isInteger(rows[i]) && rows[i] >= 0 && rows[i] < tableRows) continue;
    throw new InvalidArgumentError(
      `points.rows must be rows of the table, from 0 to ${tableRows - 1}; that of point ${i} is ${rows[i]}.`,
    );
  }
}

function chosenColumns({ columns: all }: Table, { columns }: ProfileOptions): readonly number[] {
  const indices = all.map((_, index) => index);
  if (columns === undefined) return indices;
  if (typeof columns === 'function') return indices.filter((index) => columns(all[index], index));
  const wrong = columns.find((index) => !(index in all));
  if (wrong === undefined) return [...new Set(columns)].sort((a, b) => a - b);
  throw new InvalidArgumentError(`columns must be indices from 0 to ${all.length - 1}; got ${wrong}.`);
}
