import type { ViewTree } from '../data/view-tree.ts';
import { drawDendrogram } from './draw-dendrogram.ts';
import { drawIcicle } from './draw-icicle.ts';
import type { TreePicture, TreeRoom } from './picture.ts';

/** A tree as it is drawn: a condensed tree as an icicle, others as a dendrogram. */
export function drawTree(tree: ViewTree, room: TreeRoom): TreePicture {
  return tree.kind === 'condensed-tree' ? drawIcicle(tree, room) : drawDendrogram(tree, room);
}
