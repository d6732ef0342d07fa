import type { ClusteringData } from '../data/types.ts';
import { integer } from '../interaction/describe.ts';
import type { Color } from '../render/scatter.ts';
import { percent } from '../views/shared/format.ts';
import { clusterHeading, exampleOf, whatItIs, whichClusters, type DescribedCluster } from './clusters.ts';
import { escapeHtml } from './html.ts';
import { PictureStrips } from './picture-strip.ts';

/** A centroid and three points. */
const MAX_PICTURES = 4;

/**
 * What each cluster is, as a table that needs no script: its name, size, what sets it apart, and an example.
 *
 * @param colors of the clusters
 */
export async function clusterTable(
  data: ClusteringData,
  clusters: readonly DescribedCluster[],
  colors: readonly Color[],
): Promise<string> {
  if (clusters.length === 0) return '';
  const strips = new PictureStrips(data, MAX_PICTURES);
  const rows: string[] = [];
  for (const cluster of clusters) {
    const pictures = await strips.of(cluster.summary);
    rows.push(
      '<tr>' +
        `<th scope="row">${clusterHeading(data, cluster, colors)}</th>` +
        `<td data-head="Rows">${integer(cluster.summary.size)}</td>` +
        `<td data-head="Share">${percent(cluster.share)}</td>` +
        `<td class="words" data-head="What sets it apart">${escapeHtml(whatItIs(cluster))}</td>` +
        `<td class="words" data-head="Example">${pictures}${escapeHtml(exampleOf(data, cluster))}</td>` +
        '</tr>',
    );
  }
  const head = ['Rows', 'Share'].map((text) => `<th scope="col">${text}</th>`).join('');
  const words = ['What sets it apart', 'Example'].map((text) => `<th scope="col" class="words">${text}</th>`);
  return `<table class="clusters"><caption>${whichClusters(data, clusters)}</caption><thead><tr><th scope="col">Cluster</th>${head}${words.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
}
