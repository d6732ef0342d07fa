import { chunkRows, forEachChunk } from '../chunks.ts';
import { matchClusters } from '../metrics/matching.ts';
import { tabulate } from '../metrics/contingency.ts';
import type { EncodedLabels } from '../metrics/labels.ts';
import type { ProgressListener } from '../progress.ts';

/** The outcome of a vote of the partitions on given labels. */
export interface Vote {
  /** The cluster that most partitions give each point; in a tie its present label, else the lowest. */
  readonly winners: Uint32Array;
  /** Share of the partitions that agree with each point's label. */
  readonly support: Float64Array;
}

interface VotingOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ProgressListener | undefined;
}

/** Greatest number of rounds of voting; a few are enough. */
const MOST_ROUNDS = 50;

/**
 * Votes until no label changes, starting from one of the partitions.
 *
 * @param stabilities of each partition: voting starts from the most stable one (of those with enough clusters, if there
 *   are any)
 * @throws the signal's reason when it is aborted
 */
export async function voteUntilSettled(
  partitions: readonly EncodedLabels[],
  stabilities: ArrayLike<number>,
  clusters: number,
  { signal, onProgress }: VotingOptions,
): Promise<Uint32Array> {
  const order = partitions.map((_, i) => i).sort((a, b) => stabilities[b] - stabilities[a] || a - b);
  const first = order.find((i) => partitions[i].values.length >= clusters) ?? order[0];
  let labels = merge(partitions[first].codes, clusters);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    onProgress?.({ phase: 'voting', completed: round, total: MOST_ROUNDS });
    const { winners } = await vote(partitions, labels, clusters, signal);
    const changed = winners.some((winner, i) => winner !== labels[i]);
    labels = winners;
    if (!changed) break;
  }
  return labels;
}

/**
 * One round: every partition, relabeled one to one to agree with `labels` as well as possible, votes on every point.
 */
export async function vote(
  partitions: readonly EncodedLabels[],
  labels: Uint32Array,
  clusters: number,
  signal: AbortSignal | undefined,
): Promise<Vote> {
  const given = { codes: labels, values: Array.from({ length: clusters }, (_, k) => k) };
  const voters = partitions.map((partition) => ({
    codes: partition.codes,
    // -1 for clusters without a label: they do not vote.
    labelOf: matchClusters(tabulate(partition, given)),
  }));
  const winners = labels.slice();
  const support = new Float64Array(labels.length);
  const votes = new Uint32Array(clusters);
  await forEachChunk(labels.length, chunkRows(voters.length), signal, (start, end) => {
    for (let i = start; i < end; i++) {
      const own = labels[i];
      for (const { codes, labelOf } of voters) {
        const label = labelOf[codes[i]];
        if (label >= 0) votes[label]++;
      }
      let winner = own;
      for (const { codes, labelOf } of voters) {
        const label = labelOf[codes[i]];
        if (label < 0) continue;
        const isLower = votes[label] === votes[winner] && winner !== own && label < winner;
        if (votes[label] > votes[winner] || isLower) winner = label;
      }
      winners[i] = winner;
      support[i] = votes[own] / voters.length;
      for (const { codes, labelOf } of voters) {
        const label = labelOf[codes[i]];
        if (label >= 0) votes[label] = 0;
      }
    }
  });
  return { winners, support };
}

/** A partition with too many clusters starts with its largest ones; the others join these in turn, until the vote. */
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
