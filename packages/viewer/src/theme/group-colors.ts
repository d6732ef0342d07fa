import { meansOnMap } from '../data/means-on-map.ts';
import type { Classes, ClusteringData } from '../data/types.ts';
import type { Color } from '../render/scatter.ts';
import { makePalette, type PaletteName } from './palettes.ts';

/** Up to this number of groups, all colors differ clearly, so that classes can use those of their clusters. */
const FEW = 10;

/** The colors of clusters and classes. */
export interface GroupColors {
  readonly clusters: readonly Color[];
  readonly classes: readonly Color[];
}

/**
 * Colors for the clusters, and for the classes. If there are few of both, each class has the color of its matched cluster.
 * Then a switch between clusters and classes shows at once where the two differ.
 */
export function groupColors(data: ClusteringData, name: PaletteName, background: Color): GroupColors {
  const { clusters, classes, model, labels, positions } = data;
  const count = classes?.names.length ?? 0;
  const palette = (groups: number, places?: Float32Array): readonly Color[] =>
    makePalette({ count: groups, name, background, places });
  if (classes !== undefined && Math.max(clusters, count) <= FEW) {
    const colors = palette(Math.max(clusters, count));
    return {
      clusters: colors.slice(0, clusters),
      classes: matchedColors(classes, clusters).map((color) => colors[color]),
    };
  }
  return {
    clusters: palette(clusters, model?.centroids ?? meansOnMap(positions, labels, clusters)),
    classes: classes === undefined ? [] : palette(count, meansOnMap(positions, classes.labels, count)),
  };
}

/**
 * Which color each class has: that of the cluster with which it shares most points, the largest overlap first; classes without a
 * cluster get the remaining colors.
 */
function matchedColors({ names, counts }: Classes, clusters: number): readonly number[] {
  const own = new Array<number | undefined>(names.length).fill(undefined);
  const cells = Array.from(counts.keys()).sort((a, b) => counts[b] - counts[a] || a - b);
  for (const cell of cells) {
    const cluster = Math.floor(cell / names.length);
    if (own[cell % names.length] === undefined && !own.includes(cluster)) own[cell % names.length] = cluster;
  }
  const spare = Array.from({ length: Math.max(clusters, names.length) }, (_, color) => color)
    .filter((color) => !own.includes(color))
    .sort((a, b) => b - a);
  return own.map((color) => color ?? spare.shift() ?? 0);
}
