import { createReferenceEngine } from '../engine/reference/index.ts';
import type { Engine } from '../engine/engine.ts';
import { KMeans } from '../kmeans/kmeans.ts';
import { matrix } from '../matrix.ts';
import { matchClusters } from '../metrics/accuracy.ts';
import { contingencyTable } from '../metrics/contingency.ts';
import { encodeLabels, type Labels } from '../metrics/labels.ts';
import type { ProgressListener } from '../progress.ts';
import { requireOneOf, requireWholeNumber } from '../validation.ts';
import { stability } from './stability.ts';

export const CONSENSUS_METHODS = ['voting', 'memberships'] as const;

/**
 * How partitions become one.
 *
 * - `voting`: all are relabelled to agree with one of them as well as can be, and every point goes where most put it;
 *   repeated with the outcome in place of that one until nothing changes (Dudoit & Fridlyand, Bioinformatics 19(9), 2003).
 * - `memberships`: k-means on the table of which point is in which cluster of which partition. The product of two of its
 *   rows is how many partitions put two points together, the co-association of evidence accumulation (Fred & Jain, IEEE
 *   TPAMI 27(6), 2005), without its N x N table (Wu, Liu, Xiong, Cao & Chen, "K-means-based consensus clustering", IEEE
 *   TKDE 27(1), 2015).
 */
export type ConsensusMethod = (typeof CONSENSUS_METHODS)[number];

export interface ConsensusOptions {
  /** Clusters of the outcome, K. */
  readonly clusters: number;
  /** Default `voting`. */
  readonly method?: ConsensusMethod | undefined;
  /** A whole number of at least 0; default 0. Of `memberships`. */
  readonly seed?: number | undefined;
  /** What runs k-means; default the reference engine. */
  readonly engine?: Engine | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ProgressListener | undefined;
}

/** What several partitions say together. */
export interface Consensus {
  /** Cluster of each point, N values below K. */
  readonly labels: Uint32Array;
  /** Share of the partitions that put each point where the consensus has it, relabelled; N values. */
  readonly support: Float64Array;
}

/** Rounds of voting at most; a few are enough. */
const MOST_ROUNDS = 50;
const STARTS = 10;

/**
 * One partition out of several of the same points.
 *
 * @param partitions at least two, each with one label per point
 * @throws {InvalidArgumentError} for fewer than two, or an option out of range
 * @throws {ShapeError} when they differ in length
 * @throws {DataError} when a label is neither a whole number nor a string
 * @throws the signal's reason when it is aborted
 */
export async function consensus(
  partitions: readonly Labels[],
  options: ConsensusOptions,
): Promise<Consensus> {
  const { clusters, method = 'voting', seed = 0, signal, onProgress } = options;
  requireWholeNumber('clusters', clusters, 1);
  requireOneOf('method', method, CONSENSUS_METHODS);
  // Throws for too few partitions, and for those of other points.
  const { perRun } = stability(partitions);
  signal?.throwIfAborted();
  const encoded = partitions.map((labels) => encodeLabels(labels, 'labels'));
  if (method === 'memberships') {
    const { engine = createReferenceEngine() } = options;
    const points = membershipTable(encoded);
    const kmeans = new KMeans({ clusters, nInit: STARTS, seed, engine });
    const { labels } = await kmeans.fit(points, { signal, onProgress });
    return { labels, support: tally(encoded, labels, clusters).support };
  }
  const central = perRun.indexOf(Math.max(...perRun));
  let labels = merge(encoded[central].codes, clusters);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    signal?.throwIfAborted();
    onProgress?.({ phase: 'voting', completed: round, total: MOST_ROUNDS });
    const { winners } = tally(encoded, labels, clusters);
    const changed = winners.some((winner, i) => winner !== labels[i]);
    labels = winners;
    if (!changed) break;
  }
  return { labels, support: tally(encoded, labels, clusters).support };
}

interface Encoded {
  readonly codes: Uint32Array;
  readonly values: readonly unknown[];
}

/** A partition of more clusters than wanted begins with its largest ones; the rest joins them by vote. */
function merge(codes: Uint32Array, clusters: number): Uint32Array {
  const sizes: number[] = [];
  for (const code of codes) sizes[code] = (sizes[code] ?? 0) + 1;
  const bySize = sizes.map((_, code) => code).sort((a, b) => sizes[b] - sizes[a] || a - b);
  const rank = new Uint32Array(sizes.length);
  bySize.forEach((code, place) => {
    rank[code] = place % clusters;
  });
  return sizes.length <= clusters ? codes.slice() : codes.map((code) => rank[code]);
}

/** Votes of all partitions, relabelled to agree with `labels`; of equal ones the old label wins, else the lowest. */
function tally(
  partitions: readonly Encoded[],
  labels: Uint32Array,
  clusters: number,
): { readonly winners: Uint32Array; readonly support: Float64Array } {
  const votes = new Uint32Array(labels.length * clusters);
  for (const { codes, values } of partitions) {
    const newLabel = relabelling(codes, values.length, labels);
    for (let i = 0; i < codes.length; i++) {
      const label = newLabel[codes[i]];
      if (label >= 0) votes[i * clusters + label]++;
    }
  }
  const winners = labels.slice();
  const support = new Float64Array(labels.length);
  for (let i = 0; i < labels.length; i++) {
    for (let k = 0; k < clusters; k++) {
      if (votes[i * clusters + k] > votes[i * clusters + winners[i]]) winners[i] = k;
    }
    support[i] = votes[i * clusters + labels[i]] / partitions.length;
  }
  return { winners, support };
}

/** For each cluster of a partition the label it agrees with best, one to one; -1 for those left over. */
function relabelling(codes: Uint32Array, groups: number, labels: Uint32Array): Int32Array {
  const table = contingencyTable(codes, labels);
  const matched = matchClusters(table);
  const out = new Int32Array(groups).fill(-1);
  table.classes.forEach((code, row) => {
    const column = matched[row];
    if (column >= 0) out[code as number] = table.clusters[column] as number;
  });
  return out;
}

/** N x (sum of the partitions' clusters) bytes: 1 where a point is in a cluster. */
function membershipTable(partitions: readonly Encoded[]) {
  const rows = partitions[0].codes.length;
  const columns = partitions.reduce((sum, { values }) => sum + values.length, 0);
  const data = new Uint8Array(rows * columns);
  let first = 0;
  for (const { codes, values } of partitions) {
    for (let i = 0; i < rows; i++) data[i * columns + first + codes[i]] = 1;
    first += values.length;
  }
  return matrix(data, rows, columns);
}
