import { NO_CLUSTER } from '@shoal/core';
import type { ClusteringData } from '../data/types.ts';
import { integer } from '../interaction/describe.ts';
import type { Color } from '../render/scatter.ts';
import { cssColor, mix } from '../theme/oklab.ts';
import { clusterAbove } from '../tree/branches.ts';
import { drawTree } from '../tree/draw-tree.ts';
import { MARGIN, px } from '../tree/picture.ts';
import { escapeHtml } from './html.ts';

const WIDTH = 900;
const HEIGHT = 420;
const WHITE = [255, 255, 255] as const;
/** Branches above clusters, and lines of them. */
const GRAY = { fill: '#d4dae1', line: '#7c8894' } as const;

/**
 * The tree of the clusters as a picture: nothing where there is none. Its size has a limit for any number of points.
 *
 * @param colors of the clusters
 */
export function staticTree(data: ClusteringData, colors: readonly Color[]): string {
  const { tree, clusters } = data;
  if (tree === undefined) return '';
  const { branches, ticks, measure } = drawTree(tree, { width: WIDTH, height: HEIGHT, root: 0 });
  const above = clusterAbove(tree, tree.clusters);
  const paths = branches.map(({ node, path, isFilled }) => {
    const isCluster = tree.clusters[node] !== NO_CLUSTER;
    const color = above[node] === NO_CLUSTER ? undefined : colors.at(above[node]);
    if (!isFilled) {
      const line = color === undefined ? GRAY.line : cssColor(color);
      return `<path d="${path}" fill="${line}" stroke="${line}" stroke-width="${isCluster ? 3 : 1.5}"/>`;
    }
    const fill = color === undefined ? GRAY.fill : cssColor(isCluster ? color : mix(color, WHITE, 0.45));
    return `<path d="${path}" fill="${fill}" stroke="${isCluster ? '#1b2530' : '#fff'}" stroke-width="${isCluster ? 1.5 : 0.5}"/>`;
  });
  const axis = ticks.map(
    ({ y, text }) =>
      `<path d="M${MARGIN.left - 4} ${px(y)}H${WIDTH - MARGIN.right}" stroke="#e3e7ec"/><text x="${MARGIN.left - 8}" y="${px(y)}">${escapeHtml(text)}</text>`,
  );
  const caption = `Tree of ${integer(tree.sizes[0])} rows: ${captionOf(tree.kind)} Its ${integer(clusters)} clusters are in color; the numbers are ${measure === 'inertia' ? 'inertias' : 'distances'}.`;
  return `<figure class="tree"><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeHtml(caption)}"><g font-size="12" fill="#566473" text-anchor="end" dominant-baseline="central">${axis.join('')}</g><g stroke-linejoin="round">${paths.join('')}</g></svg><figcaption>${escapeHtml(caption)}</figcaption></figure>`;
}

function captionOf(kind: NonNullable<ClusteringData['tree']>['kind']): string {
  switch (kind) {
    case 'condensed-tree':
      return 'a branch is as wide as it has rows, loses some as the distance falls, and divides.';
    case 'dendrogram':
      return 'parts are joined at the distance between them; triangles stand for more.';
    case 'splits':
      return 'each cluster was split in two; triangles stand for more.';
  }
}
