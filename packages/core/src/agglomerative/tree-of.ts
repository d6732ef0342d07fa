import { spanningTree } from '../density/spanning-tree.ts';
import { toCompared } from '../density/metric.ts';
import type { Matrix } from '../matrix.ts';
import type { ProgressListener } from '../progress.ts';
import type { Dendrogram } from '../tree/dendrogram.ts';
import { linkage as linked, type TreeEdges } from '../tree/linkage.ts';
import { chainTree } from './chain-tree.ts';
import type { LinkageSettings } from './settings.ts';
import type { WardPlace } from './ward-search.ts';
import { wardTree } from './ward-tree.ts';

/**
 * The tree of some points by any linkage.
 *
 * @param points N x D
 * @param sizes how many points each one stands for, N values
 * @throws like the function of the linkage
 */
export async function treeOf(
  points: Matrix,
  sizes: Float64Array,
  settings: LinkageSettings,
  place: WardPlace,
  onProgress: ProgressListener | undefined,
): Promise<Dendrogram> {
  return linked(await edgesOf(points, sizes, settings, place, onProgress));
}

async function edgesOf(
  points: Matrix,
  sizes: Float64Array,
  { linkage, metric }: LinkageSettings,
  place: WardPlace,
  onProgress: ProgressListener | undefined,
): Promise<TreeEdges> {
  const { engine, signal } = place;
  switch (linkage) {
    case 'ward':
      return wardTree(points, sizes, place, onProgress);
    case 'single':
      return spanningTree(engine, points, { minSamples: 0, metric, signal, onProgress });
    case 'average':
    case 'complete': {
      const compared = await toCompared(points, metric, engine, signal);
      return chainTree(compared, sizes, { linkage, metric, signal, onProgress });
    }
  }
}
