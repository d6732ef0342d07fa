import type { ClusteringData, ClusterSummary } from '../../data/types.ts';
import { clusterTitle } from '../../interaction/groups.ts';

/** The share of a class in a cluster. */
export interface ClassShare {
  readonly class: number;
  readonly name: string;
  /** Number of rows. */
  readonly count: number;
  /** Share of the cluster's rows whose class is known, from 0 to 1. */
  readonly share: number;
}

/** A cluster's values, ready to be shown and sorted. */
export interface ClusterCard {
  readonly summary: ClusterSummary;
  /** "Cluster 3", or "3: Gentoo" where it has a name of its own. */
  readonly name: string;
  /** What sets it apart, a line each. */
  readonly traits: readonly string[];
  /** Share of all rows that were clustered, from 0 to 1. */
  readonly share: number;
  /** Largest first; empty without classes. */
  readonly mix: readonly ClassShare[];
  /** Share of the most frequent class; undefined where no class is known. */
  readonly purity: number | undefined;
}

export function clusterCards(data: ClusteringData): readonly ClusterCard[] {
  return data.summaries.map((summary) => {
    const mix = classMix(data, summary.cluster);
    const { cluster } = summary;
    const name = clusterTitle(data, cluster);
    const traits = data.clusterTraits?.[cluster] ?? [];
    return {
      summary,
      name,
      traits,
      share: summary.size / Math.max(1, data.total),
      mix,
      purity: mix.at(0)?.share,
    };
  });
}

function classMix({ classes }: ClusteringData, cluster: number): readonly ClassShare[] {
  if (classes === undefined) return [];
  const { names, counts } = classes;
  const own = counts.subarray(cluster * names.length, (cluster + 1) * names.length);
  const known = own.reduce((sum, count) => sum + count, 0);
  return names
    .map((name, i) => ({ class: i, name, count: own[i], share: own[i] / Math.max(1, known) }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || a.class - b.class);
}

export type ClusterOrder = 'number' | 'size' | 'purity' | 'inertia' | 'weight';

/** The orders that are possible with the known values. */
export function ordersFor(cards: readonly ClusterCard[]): readonly ClusterOrder[] {
  return [
    'number',
    'size',
    ...(cards.some(({ purity }) => purity !== undefined) ? (['purity'] as const) : []),
    ...(cards.some(({ summary }) => summary.inertia !== undefined) ? (['inertia'] as const) : []),
    ...(cards.some(({ summary }) => summary.weight !== undefined) ? (['weight'] as const) : []),
  ];
}

/** Largest first, unknown values last; by number, smallest first. Equal clusters keep the order of their numbers. */
export function sortCards(cards: readonly ClusterCard[], order: ClusterOrder): readonly ClusterCard[] {
  const value: Readonly<Record<ClusterOrder, (card: ClusterCard) => number | undefined>> = {
    number: ({ summary }) => -summary.cluster,
    size: ({ summary }) => summary.size,
    purity: ({ purity }) => purity,
    inertia: ({ summary }) => summary.inertia,
    weight: ({ summary }) => summary.weight,
  };
  const of = (card: ClusterCard): number => value[order](card) ?? -Infinity;
  return [...cards].sort((a, b) => compare(of(b), of(a)) || a.summary.cluster - b.summary.cluster);
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a - b;
}
