import type { ClusteringData } from '../data/types.ts';
import type { Color } from '../render/scatter.ts';
import { groupColors } from '../theme/group-colors.ts';
import { clusterCardsHtml } from './cluster-cards.ts';
import { clusterTable } from './cluster-table.ts';
import { describedClusters } from './clusters.ts';
import type { DataBlocks } from './data-blocks.ts';
import { escapeHtml } from './html.ts';
import { PAPER } from './report-style.ts';
import { staticMap } from './static-map.ts';
import { staticTree } from './static-tree.ts';

/** The picture at the head of a report, and its sections about the clusters. */
export interface Overview {
  readonly picture: string;
  readonly sections: readonly string[];
}

/** The clusters of a report: a picture and a table for everybody, a viewer on the screen, cards on paper. */
export async function renderOverview(data: ClusteringData, blocks: DataBlocks): Promise<Overview> {
  const { clusters: colors } = groupColors(data, 'default', PAPER);
  const clusters = describedClusters(data);
  const notes = data.notes.map((note) => `<p class="note">${escapeHtml(note)}</p>`).join('');
  return {
    picture: staticMap(data, colors),
    sections: [
      section(
        'The clusters',
        'Each row of the table is a group of similar rows. What sets it apart compares its rows with all others; the example is the row nearest to its center.',
        notes + (await clusterTable(data, clusters, colors)),
      ),
      ...treeSection(data, colors),
      section(
        'Explore',
        'Every point is a row; near points are similar. Choose a cluster on the right to see its rows. Drag to move the map, scroll to zoom, and draw an area to select rows.',
        await blocks.viewerOf(data),
        'live',
      ),
      section(
        'Every cluster in detail',
        'Upper bars show the mean or share in the cluster, gray bars that of all other rows.',
        await clusterCardsHtml(data, clusters, colors),
        'paper',
      ),
    ],
  };
}

/** The tree that the clusters were taken from, if there is one. */
function treeSection(data: ClusteringData, colors: readonly Color[]): readonly string[] {
  if (data.tree === undefined) return [];
  return [
    section(
      'The tree of the clusters',
      'How the clusters are parts of greater ones.',
      staticTree(data, colors),
    ),
  ];
}

function section(heading: string, explanation: string, content: string, kind?: 'live' | 'paper'): string {
  const shown = kind === undefined ? '' : ` class="${kind}"`;
  return `<section${shown}><h2>${heading}</h2><p class="note">${explanation}</p>${content}</section>`;
}
