import type { ClusteringData } from '../data/types.ts';
import { clusterTitle } from '../interaction/groups.ts';
import { integer } from '../interaction/describe.ts';
import { rowOf } from '../interaction/rows.ts';
import { clusterFacts, largestFacts } from '../profile/column-facts.ts';
import { factSentence } from '../profile/fact-text.ts';
import { cssColor } from '../theme/oklab.ts';
import type { Color } from '../render/scatter.ts';
import { clusterCards, sortCards, type ClusterCard } from '../views/clusters/describe-cluster.ts';
import { percent } from '../views/shared/format.ts';
import { escapeHtml } from './html.ts';

/** The most clusters in the table: the largest. */
const MAX_CLUSTERS = 100;
/** Columns, traits or classes that are named for each. */
const MAX_NAMED = 3;
/** Rows that are named as examples. */
const EXAMPLES = 3;

/**
 * What each cluster is, as a table that needs no script: its name, size and what sets it apart, and the rows nearest to its
 * center.
 *
 * @param colors of the clusters
 */
export function clusterTable(data: ClusteringData, colors: readonly Color[]): string {
  const cards = sortCards(clusterCards(data), 'size').slice(0, MAX_CLUSTERS);
  if (cards.length === 0) return '';
  const rows = cards.map((card) => {
    const { cluster, size, nearest } = card.summary;
    const color = colors.at(cluster);
    const swatch = color === undefined ? '' : `<i class="swatch" style="background:${cssColor(color)}"></i>`;
    const examples = nearest.slice(0, EXAMPLES).map((point) => rowOf(data, point));
    return `<tr><th scope="row">${swatch}${escapeHtml(clusterTitle(data, cluster))}</th><td>${integer(size)}</td><td>${percent(card.share)}</td><td class="words">${escapeHtml(whatItIs(data, card))}</td><td>${examples.join(', ')}</td></tr>`;
  });
  const left = data.clusters - cards.length;
  const caption =
    left > 0
      ? `The ${MAX_CLUSTERS} largest of ${integer(data.clusters)} clusters`
      : 'The clusters, the largest first';
  return `<div class="scroll" tabindex="0" role="group" aria-label="Clusters"><table class="clusters"><caption>${caption}</caption><thead><tr><th scope="col">Cluster</th><th scope="col">Rows</th><th scope="col">Share</th><th scope="col" class="words">What sets it apart</th><th scope="col">Typical rows</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

function whatItIs(data: ClusteringData, { summary, traits, mix }: ClusterCard): string {
  const isComparable = data.columns !== undefined || data.images === undefined;
  const facts = isComparable ? largestFacts(clusterFacts(data), summary.cluster) : [];
  const lines =
    facts.length > 0
      ? facts.map(factSentence)
      : traits.length > 0
        ? traits
        : mix.map(({ name, share }) => `${percent(share)} ${name}`);
  return lines.length === 0 ? '–' : lines.slice(0, MAX_NAMED).join('; ');
}
