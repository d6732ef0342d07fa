import { forEachChunk } from '../chunks.ts';
import { InvalidArgumentError } from '../errors.ts';
import { WRITTEN_NO_CLUSTER } from '../no-cluster.ts';
import type { Contingency } from './contingency.ts';
import { MOST_VISITS, SparseMatching } from './sparse-matching.ts';

/** The limit of a matching. */
interface MatchingBounds {
  /** Greatest number of visited cells (default 2^28). */
  readonly mostVisits?: number | undefined;
}

/**
 * The one-to-one matching of classes with clusters that keeps the most points. Points without a cluster (-1) are not a cluster:
 * no class is matched with them.
 *
 * @returns for each class the index of its cluster, or -1 where there are fewer clusters than classes
 * @throws {InvalidArgumentError} when it takes more than 2^28 visits of cells
 */
export function matchClusters(table: Contingency): Int32Array {
  const matching = matchWithinBounds(table);
  if (matching !== undefined) return matching;
  throw new InvalidArgumentError(
    `Matching ${String(table.classes.length)} classes with ${String(table.clusters.length)} clusters takes more than ` +
      `${String(MOST_VISITS)} steps. Use a measure without a matching: adjusted Rand, mutual information, purity.`,
  );
}

/** The same; undefined when it would take too long. */
export function matchWithinBounds(
  table: Contingency,
  { mostVisits = MOST_VISITS }: MatchingBounds = {},
): Int32Array | undefined {
  const matching = new SparseMatching(clusteredPart(table));
  for (let row = 0; row < table.classes.length; row++) {
    matching.add(row);
    if (matching.visits > mostVisits) return undefined;
  }
  return withRest(matching.clusterOfClass, table);
}

/**
 * The same, but it can be stopped.
 *
 * @throws the signal's reason when it is aborted
 */
export async function tryMatchClusters(
  table: Contingency,
  { signal, mostVisits = MOST_VISITS }: MatchingBounds & { readonly signal?: AbortSignal | undefined },
): Promise<Int32Array | undefined> {
  const matching = new SparseMatching(clusteredPart(table));
  await forEachChunk(table.classes.length, 1, signal, (row) => {
    if (matching.visits <= mostVisits) matching.add(row);
  });
  return matching.visits > mostVisits ? undefined : withRest(matching.clusterOfClass, table);
}

/** A matching for display, when the best one would take too long: the largest cell first. */
export function matchGreedily(table: Contingency): Int32Array {
  const clusterOfClass = new Int32Array(table.classes.length).fill(-1);
  const taken = new Uint8Array(table.clusters.length);
  const { cells: clustered } = clusteredPart(table);
  const cells = clustered.toSorted((a, b) => b.count - a.count || a.row - b.row || a.column - b.column);
  for (const { row, column } of cells) {
    if (clusterOfClass[row] >= 0 || taken[column] === 1) continue;
    clusterOfClass[row] = column;
    taken[column] = 1;
  }
  return withRest(clusterOfClass, table);
}

/**
 * Classes that share no point with a free cluster get the free clusters in order, so that as many classes as possible
 * have one.
 */
function withRest(clusterOfClass: Int32Array, { clusters }: Contingency): Int32Array {
  const taken = new Uint8Array(clusters.length);
  for (const column of clusterOfClass) if (column >= 0) taken[column] = 1;
  const none = clusters.indexOf(WRITTEN_NO_CLUSTER);
  if (none >= 0) taken[none] = 1;
  let free = 0;
  return clusterOfClass.map((column) => {
    if (column >= 0) return column;
    while (free < clusters.length && taken[free] === 1) free++;
    return free < clusters.length ? free++ : -1;
  });
}

/** The table without the cells of points without a cluster. */
function clusteredPart(table: Contingency): Contingency {
  const none = table.clusters.indexOf(WRITTEN_NO_CLUSTER);
  return none < 0 ? table : { ...table, cells: table.cells.filter(({ column }) => column !== none) };
}
