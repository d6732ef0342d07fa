import type { ClusteringData } from '../data/types.ts';
import { countOf } from '../interaction/describe.ts';
import type { ColumnFact } from '../profile/column-facts.ts';
import { factName, placeOnBar } from '../profile/fact-scale.ts';
import { factValue } from '../profile/fact-text.ts';
import type { Color } from '../render/scatter.ts';
import { cssColor } from '../theme/oklab.ts';
import { percent } from '../views/shared/format.ts';
import { clusterHeading, type DescribedCluster } from './clusters.ts';
import { escapeHtml } from './html.ts';
import { PictureStrips } from './picture-strip.ts';

/** Columns that a card compares. */
const MAX_FACTS = 5;
/** Classes or traits that a card names. */
const MAX_LINES = 5;
/** A centroid and eight points. */
const MAX_PICTURES = 9;

/** The cards of the clusters, for paper: the viewer shows them on a screen. */
export async function clusterCardsHtml(
  data: ClusteringData,
  clusters: readonly DescribedCluster[],
  colors: readonly Color[],
): Promise<string> {
  const strips = new PictureStrips(data, MAX_PICTURES);
  const cards: string[] = [];
  for (const cluster of clusters) {
    const { summary, share, facts, mix, traits } = cluster;
    const color = colors.at(summary.cluster);
    const bars = facts.slice(0, MAX_FACTS).map((fact) => barOf(fact, color));
    const lines = [
      ...(facts.length > 0 ? [] : traits),
      ...mix.slice(0, MAX_LINES).map(({ name, share: part }) => `${percent(part)} ${name}`),
    ].slice(0, MAX_LINES);
    cards.push(
      '<div class="card">' +
        `<h3>${clusterHeading(data, cluster, colors)}</h3>` +
        `<p class="note">${countOf(summary.size, 'row')}, ${percent(share)}</p>` +
        (await strips.of(summary)) +
        (bars.length === 0 ? '' : `<ul class="facts">${bars.join('')}</ul>`) +
        lines.map((line) => `<p>${escapeHtml(line)}</p>`).join('') +
        '</div>',
    );
  }
  return `<div class="cards">${cards.join('')}</div>`;
}

/** The group's mean over that of the others, as on the cards of the viewer. */
function barOf(fact: ColumnFact, color: Color | undefined): string {
  const { own, others } = fact;
  const fill = color === undefined ? '' : `;background:${cssColor(color)}`;
  const values = `${factValue(fact, own)}, others ${factValue(fact, others)}`;
  return (
    `<li><span>${escapeHtml(factName(fact))}</span> <span class="note">${values}</span>` +
    `<i class="bar" style="width:${placeOnBar(fact, own).toFixed(1)}%${fill}"></i>` +
    `<i class="bar rest" style="width:${placeOnBar(fact, others).toFixed(1)}%"></i></li>`
  );
}
