import type { Engine } from '../engine/engine.ts';
import { InvalidArgumentError } from '../errors.ts';
import { KMeans } from '../kmeans/kmeans.ts';
import { matrix, type Matrix } from '../matrix.ts';
import type { EncodedLabels, Labels } from '../metrics/labels.ts';
import type { ProgressListener } from '../progress.ts';
import { requireOneOf, requireWholeNumber } from '../validation.ts';
import { distinctRows, type DistinctRows } from './distinct-rows.ts';
import { encodePartitions, stabilityOf } from './stability.ts';
import { vote, voteUntilSettled } from './voting.ts';

export const CONSENSUS_METHODS = ['voting', 'memberships'] as const;

/**
 * How partitions become one.
 *
 * - `voting`: all are relabeled to agree with one of them as well as possible, and every point goes to the cluster that
 *   most of them give it. This is repeated with the outcome in place of that one until nothing changes (Dudoit &
 *   Fridlyand, Bioinformatics 19(9), 2003).
 * - `memberships`: k-means on the table of which point is in which cluster of which partition. The product of two of its
 *   rows is how many partitions put two points together, the co-association of evidence accumulation (Fred & Jain, IEEE
 *   TPAMI 27(6), 2005), without its N x N table (Wu, Liu, Xiong, Cao & Chen, "K-means-based consensus clustering", IEEE
 *   TKDE 27(1), 2015).
 */
export type ConsensusMethod = (typeof CONSENSUS_METHODS)[number];

export interface ConsensusOptions {
  /** Clusters of the outcome, K: at most as many as points. */
  readonly clusters: number;
  /** Default `voting`. */
  readonly method?: ConsensusMethod | undefined;
  /** A whole number of at least 0; default 0. Of `memberships`. */
  readonly seed?: number | undefined;
  /** The engine that runs the k-means of `memberships`; default the one that `defaultEngine` opens. */
  readonly engine?: Engine | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ProgressListener | undefined;
}

/** A consensus of several partitions. */
export interface Consensus {
  /** Cluster of each point, N values below K; some may be empty when partitions have fewer clusters. */
  readonly labels: Uint32Array;
  /** Share of the relabeled partitions that agree with the consensus about each point; N values. */
  readonly support: Float64Array;
}

/** Starts of k-means. */
const STARTS = 10;

/**
 * One partition out of several of the same points. The same partitions, options and engine always give the same.
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
  const { clusters, method = 'voting', signal } = options;
  requireWholeNumber('clusters', clusters, 1);
  requireOneOf('method', method, CONSENSUS_METHODS);
  const encoded = encodePartitions(partitions);
  const points = encoded[0].codes.length;
  if (clusters > points) {
    throw new InvalidArgumentError(`${clusters} clusters need at least as many points; got ${points}.`);
  }
  signal?.throwIfAborted();
  const labels =
    method === 'voting'
      ? await voteUntilSettled(encoded, stabilityOf(encoded).perRun, clusters, options)
      : await divideMemberships(encoded, options);
  return { labels, support: (await vote(encoded, labels, clusters, signal)).support };
}

/**
 * Points that no partition separates become one point with their total weight: k-means would not separate them either.
 */
async function divideMemberships(
  partitions: readonly EncodedLabels[],
  { clusters, seed = 0, engine, signal, onProgress }: ConsensusOptions,
): Promise<Uint32Array> {
  const rows = distinctRows(partitions);
  // Every partition agrees.
  if (rows.first.length <= clusters) return rows.rowOf;
  const kmeans = new KMeans({ clusters, nInit: STARTS, seed, engine });
  const table = membershipTable(partitions, rows);
  const { labels } = await kmeans.fit(table, { weights: rows.counts, signal, onProgress });
  return rows.rowOf.map((row) => labels[row]);
}

/** Rows x (sum of the partitions' clusters) bytes: 1 where a row is in a cluster. */
function membershipTable(partitions: readonly EncodedLabels[], { first }: DistinctRows): Matrix {
  const columns = partitions.reduce((sum, { values }) => sum + values.length, 0);
  const data = new Uint8Array(first.length * columns);
  let from = 0;
  for (const { codes, values } of partitions) {
    first.forEach((point, row) => {
      data[row * columns + from + codes[point]] = 1;
    });
    from += values.length;
  }
  return matrix(data, first.length, columns);
}
