import type { Gaps } from './measure-gaps.ts';
import type { ClusterProfile, Separation } from './types.ts';

/**
 * Gaps that are so many times those of points without groups are small, or clear. Evenly spread points, which have no
 * groups either, come to 1.3, and normal groups four standard deviations apart to 1.4 to 2.
 */
const WEAK = 1.2;
const CLEAR = 1.45;

/**
 * Says what is known of the clusters, in plain sentences.
 *
 * @param isDescribed whether any column was compared
 * @param isEnough whether so many rows can differ more than chance explains
 */
export function judgeSeparation(
  clusters: readonly Pick<ClusterProfile, 'size' | 'traits'>[],
  isDescribed: boolean,
  gaps: Gaps | undefined,
  isEnough: (size: number) => boolean,
): Separation {
  const filled = clusters.filter(({ size }) => size > 0);
  const clustersWithTraits = filled.filter(({ traits }) => traits.length > 0).length;
  const verdict = gaps ? gradeGap(gaps.gap, gaps.chanceGap) : 'unknown';
  const columns = isDescribed
    ? traitSentence(
        filled.length,
        clustersWithTraits,
        filled.some(({ size, traits }) => traits.length === 0 && !isEnough(size)),
      )
    : 'The table has no column that describes the clusters.';
  const summary = gaps ? `${columns} ${gapSentence(gaps)}` : columns;
  return { verdict, ...(gaps && { gap: gaps.gap, chanceGap: gaps.chanceGap }), clustersWithTraits, summary };
}

/** How a gap compares with those of points without groups. */
function gradeGap(gap: number, chanceGap: number): 'clear' | 'weak' | 'none' {
  if (gap > CLEAR * chanceGap) return 'clear';
  return gap > WEAK * chanceGap ? 'weak' : 'none';
}

function traitSentence(filled: number, withTraits: number, areTooFew: boolean): string {
  if (filled === 1) {
    return withTraits === 1
      ? 'The cluster differs from the rows in no cluster in at least one column.'
      : 'There is one cluster, and nothing to compare it with.';
  }
  if (withTraits === 0 && areTooFew) {
    return 'There are too few rows to tell differences of the clusters from chance.';
  }
  if (withTraits === 0) {
    return 'No column tells the clusters apart: random groups of the same sizes would differ as much.';
  }
  if (withTraits === filled) return 'Every cluster differs from the others in at least one column.';
  const rest = areTooFew
    ? 'the rest have too few rows to tell, or look like random groups.'
    : 'random groups would look like the rest.';
  return `${withTraits} of ${filled} clusters differ from the others in at least one column; ${rest}`;
}

function gapSentence({ nearest, gap, chanceGap }: Gaps): string {
  switch (gradeGap(gap, chanceGap)) {
    case 'clear':
      return `There are clear gaps between the clusters${exceptions(nearest, chanceGap)}.`;
    case 'weak':
      return 'The gaps between the clusters are small: take their borders as approximate.';
    case 'none':
      return (
        'There are no gaps between the clusters: rows without groups, cut into as many parts, would look the same. ' +
        'Take the clusters as parts of one continuous whole.'
      );
  }
}

const MAX_PAIRS = 3;

/** Clusters that have no gap between them where others have. */
function exceptions(nearest: Gaps['nearest'], chanceGap: number): string {
  const filled = nearest.filter((other) => other !== undefined);
  const pairs = nearest.flatMap((other, cluster) =>
    other && gradeGap(other.gap, chanceGap) === 'none'
      ? [[cluster, other.cluster].sort((a, b) => a - b).join(' and ')]
      : [],
  );
  const different = [...new Set(pairs)];
  if (different.length === 0) return '';
  return different.length > MAX_PAIRS
    ? `, but ${pairs.length} of ${filled.length} run into their nearest one`
    : `, but not between ${different.join(', ')}`;
}

/**
 * A sentence when nothing sets a cluster apart, or when there is no gap to the nearest one.
 *
 * @param rows rows of the table
 */
export function noteOf(
  { size, traits, nearest }: ClusterProfile,
  rows: number,
  isDescribed: boolean,
  isEnough: (size: number) => boolean,
  chanceGap = 0,
): string | undefined {
  if (size === 0) return 'No row is in this cluster.';
  if (size === rows) return 'All rows are in this cluster, so there is nothing to compare it with.';
  if (isDescribed && traits.length === 0) {
    if (!isEnough(size)) {
      const few = size === 1 ? 'One row is' : `${size} rows are`;
      return `${few} too few to tell what sets this cluster apart from chance.`;
    }
    const group = size === 1 ? 'one random row' : `a random group of ${size} rows`;
    return `No column sets this cluster apart: ${group} would differ as much.`;
  }
  const hasGap = nearest === undefined || gradeGap(nearest.gap, chanceGap) !== 'none';
  return hasGap ? undefined : `There is no gap to cluster ${nearest.cluster}.`;
}
