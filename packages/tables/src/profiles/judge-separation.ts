import type { ClusterProfile, Separation } from './types.ts';
import type { Gaps } from './measure-gaps.ts';

/** Gaps that are so many times those of points without groups are small, or clear. */
const WEAK = 1.15;
const CLEAR = 1.4;

/** Says what is known of the clusters, in plain sentences. */
export function judgeSeparation(
  clusters: readonly Pick<ClusterProfile, 'size' | 'traits'>[],
  gaps: Gaps | undefined,
): Separation {
  const filled = clusters.filter(({ size }) => size > 0);
  const clustersWithTraits = filled.filter(({ traits }) => traits.length > 0).length;
  const verdict = verdictOf(gaps);
  const columns = traitSentence(filled.length, clustersWithTraits);
  const summary = verdict === 'unknown' ? columns : `${columns} ${GAP_SENTENCES[verdict]}`;
  return { verdict, ...(gaps && { gap: gaps.gap, chanceGap: gaps.chanceGap }), clustersWithTraits, summary };
}

function verdictOf(gaps: Gaps | undefined): Separation['verdict'] {
  if (gaps === undefined) return 'unknown';
  const ratio = gaps.gap / gaps.chanceGap;
  if (ratio >= CLEAR) return 'clear';
  return ratio >= WEAK ? 'weak' : 'none';
}

function traitSentence(filled: number, withTraits: number): string {
  if (filled < 2) return 'There is one cluster, so there is nothing to compare it with.';
  if (withTraits === 0) {
    return 'No column tells the clusters apart: random groups of the same sizes would differ as much.';
  }
  if (withTraits === filled) return 'Every cluster differs from the others in at least one column.';
  return `${withTraits} of ${filled} clusters differ from the others in at least one column; random groups would look like the rest.`;
}

const GAP_SENTENCES = {
  clear: 'There are clear gaps between the clusters.',
  weak: 'The gaps between the clusters are small: take their borders as approximate.',
  none:
    'There are no gaps between the clusters: rows without groups, cut into as many parts, would look the same. ' +
    'Take the clusters as parts of one continuous whole.',
};
