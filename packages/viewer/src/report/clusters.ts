import type { ClusteringData } from '../data/types.ts';
import { cellText, columnTitles, integer } from '../interaction/describe.ts';
import { clusterTitle } from '../interaction/groups.ts';
import { rowOf } from '../interaction/rows.ts';
import { clusterFacts, largestFacts, type ColumnFact } from '../profile/column-facts.ts';
import { factSentence } from '../profile/fact-text.ts';
import type { Color } from '../render/scatter.ts';
import { cssColor } from '../theme/oklab.ts';
import { clusterCards, sortCards, type ClusterCard } from '../views/clusters/describe-cluster.ts';
import { percent } from '../views/shared/format.ts';
import { escapeHtml } from './html.ts';

/** The most clusters that a report describes: the largest. */
const MAX_CLUSTERS = 100;
/** Columns, traits or classes that are named for each. */
const MAX_NAMED = 3;
/** Rows that are named as examples, where nothing more is known about them. */
const EXAMPLES = 3;
/** A text in an example; a longer one is cut. */
const MAX_TEXT = 60;

/** A cluster as a report describes it. */
export interface DescribedCluster extends ClusterCard {
  /** The columns that set it apart, the largest difference first; empty where columns say nothing, as of pictures. */
  readonly facts: readonly ColumnFact[];
}

/** The clusters that a report describes: the largest of all. */
export function describedClusters(data: ClusteringData): readonly DescribedCluster[] {
  const isComparable = data.columns !== undefined || data.images === undefined;
  const facts = isComparable ? clusterFacts(data) : [];
  return sortCards(clusterCards(data), 'size')
    .slice(0, MAX_CLUSTERS)
    .map((card) => ({ ...card, facts: largestFacts(facts, card.summary.cluster) }));
}

/** Which clusters are described: "The 100 largest of 5,000 clusters". */
export function whichClusters(data: ClusteringData, shown: readonly DescribedCluster[]): string {
  return shown.length < data.clusters
    ? `The ${integer(shown.length)} largest of ${integer(data.clusters)} clusters`
    : 'All clusters, the largest first';
}

/** The name of a cluster with its color, as HTML. */
export function clusterHeading(
  data: ClusteringData,
  { summary }: DescribedCluster,
  colors: readonly Color[],
): string {
  const color = colors.at(summary.cluster);
  const swatch = color === undefined ? '' : `<i class="swatch" style="background:${cssColor(color)}"></i>`;
  return `${swatch}${escapeHtml(clusterTitle(data, summary.cluster))}`;
}

/** What a cluster is, in a line. */
export function whatItIs({ facts, traits, mix }: DescribedCluster): string {
  const lines =
    facts.length > 0
      ? facts.map(factSentence)
      : traits.length > 0
        ? traits
        : mix.map(({ name, share }) => `${percent(share)} ${name}`);
  return lines.length === 0 ? '–' : lines.slice(0, MAX_NAMED).join('; ');
}

/** The row nearest to the center and what is known about it, or the numbers of the nearest rows. */
export function exampleOf(data: ClusteringData, { summary: { nearest }, facts }: DescribedCluster): string {
  const point = nearest.at(0);
  if (point === undefined) return '–';
  const { columns = [] } = data;
  if (columns.length === 0) {
    return `Rows ${nearest
      .slice(0, EXAMPLES)
      .map((each) => rowOf(data, each))
      .join(', ')}`;
  }
  const titles = columnTitles(columns);
  // What names the row, then the columns that set the cluster apart, or else the first.
  const naming = columns.findIndex(
    (column) => column.type === 'text' && column.texts.length > 0.9 * data.count,
  );
  const wanted = [...(naming < 0 ? [] : [titles[naming]]), ...facts.map(({ title }) => title), ...titles];
  const values = [...new Set(wanted)].slice(0, MAX_NAMED).map((title) => {
    const text = cellText(columns[titles.indexOf(title)], point);
    return `${title} ${text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text}`;
  });
  return `Row ${rowOf(data, point)}: ${values.join(', ')}`;
}
